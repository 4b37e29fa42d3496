// "What would the last 30 days have looked like?": runs the rules on the screen over the past and shows the difference.
import { Button, Group, Modal, Progress } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Routing } from "@/api/routing";
import {
  cancelSimulation,
  isOver,
  type Simulation,
  simulationQuery,
  startSimulation,
} from "@/api/simulations";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { forServer, isSame } from "../draft";
import { SimulationResult } from "./SimulationResult";
import classes from "./Simulator.module.css";
import { useProgress } from "./useProgress";

interface Props {
  channelId: string;
  routing: Routing;
  onClose: () => void;
}

export function Simulator({ channelId, routing, onClose }: Props) {
  const { t } = useTranslation("routing");
  const small = useMediaQuery("(max-width: 48em)");
  const [id, setId] = useState<string | null>(null);
  const [ran, setRan] = useState<Routing | null>(null);
  const start = useMutation({
    mutationFn: () => startSimulation(channelId, forServer(routing)),
    onSuccess: (made) => {
      setId(made.id);
      setRan(routing);
    },
  });
  const cancel = useMutation({ mutationFn: cancelSimulation });
  const running = useQuery({ ...simulationQuery(id ?? ""), enabled: id !== null });
  const simulation = running.data;
  useProgress(id);
  const busy = start.isPending || (id !== null && !isOver(simulation));
  const close = () => {
    // Nobody waits for it any more: it need not go on.
    if (busy && id) cancel.mutate(id);
    onClose();
  };
  const fault = start.error ?? (running.error && !simulation ? running.error : null);
  return (
    <Modal
      opened
      onClose={close}
      title={t("simulation.title")}
      size={880}
      fullScreen={small ?? false}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <p className={classes.lead}>{t("simulation.text")}</p>
      {fault && <Note tone="bad">{explain(fault, t)}</Note>}
      {busy ? (
        <Running
          simulation={simulation}
          onCancel={() =>
            id &&
            cancel.mutate(id, {
              onSettled: () => running.refetch(),
            })
          }
        />
      ) : (
        <Group gap="sm" mt={14}>
          <Button onClick={() => start.mutate()}>{t(id ? "simulation.again" : "simulation.start")}</Button>
          {ran && !isSame(ran, routing) && <span className={classes.old}>{t("simulation.outdated")}</span>}
        </Group>
      )}
      {!busy && simulation && <Ended simulation={simulation} />}
    </Modal>
  );
}

function Running({ simulation, onCancel }: { simulation?: Simulation; onCancel: () => void }) {
  const { t } = useTranslation("routing");
  const { done = 0, total = 0 } = simulation ?? {};
  return (
    <div className={classes.running}>
      <Progress
        value={total > 0 ? (done / total) * 100 : 100}
        animated
        size="lg"
        aria-label={t("simulation.bar")}
        transitionDuration={200}
      />
      <Group justify="space-between" mt={8}>
        <span className="k-tabular" role="status">
          {total > 0 ? t("simulation.progress", { done, total }) : t("simulation.preparing")}
        </span>
        <Button variant="default" size="xs" onClick={onCancel}>
          {t("simulation.cancel")}
        </Button>
      </Group>
    </div>
  );
}

function Ended({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation("routing");
  if (simulation.result) return <SimulationResult result={simulation.result} />;
  const cancelled = simulation.state === "cancelled";
  return (
    <div className={classes.running}>
      <Note tone={cancelled ? "info" : "bad"}>
        {cancelled ? t("simulation.cancelled") : simulation.reason || t("simulation.failed")}
      </Note>
    </div>
  );
}
