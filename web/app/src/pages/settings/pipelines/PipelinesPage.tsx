// The ways that tickets go: pipelines in their order, each opened to be changed where it stands.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import { changePipeline } from "@/api/pipelines";
import { useMay } from "@/api/roles";
import type { Pipeline } from "@/api/types";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { moved, SortableList } from "@/kit/sort/SortableList";
import { toastError } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { NewPipeline } from "./NewPipeline";
import { OldTickets } from "./OldTickets";
import { PipelineCard } from "./PipelineCard";
import classes from "./PipelinesPage.module.css";

export function PipelinesPage() {
  const { t } = useTranslation("pipelines");
  const may = useMay("manage_desk");
  const pipelines = useQuery({ ...pipelinesQuery(), refetchOnMount: "always" });
  const { shown, move } = useOrder(pipelines.data?.items);
  const [open, setOpen] = useState<string | null>(null);
  const [adding, { open: add, close }] = useDisclosure(false);
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={add} disabled={!may}>
          {t("add")}
        </Button>
      }
    >
      {!may && (
        <div className={classes.note}>
          <Note>{t("locked")}</Note>
        </div>
      )}
      <FaultAlert text={pipelines.error && explain(pipelines.error, t)} />
      <SortableList
        label={t("list")}
        className={classes.pipelines}
        items={shown.map(({ id, name }) => ({ id, name }))}
        onMove={move}
      >
        {shown.map((pipeline) => (
          <PipelineCard
            key={pipeline.id}
            pipeline={pipeline}
            all={shown}
            open={open === pipeline.id}
            locked={!may}
            onFold={() => setOpen(open === pipeline.id ? null : pipeline.id)}
          />
        ))}
      </SortableList>
      {shown.length === 1 && may && <p className={classes.hint}>{t("one")}</p>}
      <OldTickets may={may} />
      <NewPipeline opened={adding} onClose={close} onMade={(made) => setOpen(made.id)} />
    </Page>
  );
}

/** As they will stand, before the server has said so. */
function useOrder(items: Pipeline[] | undefined) {
  const queryClient = useQueryClient();
  const [shown, setShown] = useState<Pipeline[]>(items ?? []);
  useEffect(() => setShown(items ?? []), [items]);
  const place = useMutation({
    mutationFn: ({ id, position }: { id: string; position: number }) => changePipeline(id, { position }),
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: pipelinesQuery().queryKey }),
  });
  const move = (from: number, to: number) => {
    const pipeline = shown[from];
    if (!pipeline) return;
    setShown(moved(shown, from, to));
    place.mutate({ id: pipeline.id, position: to });
  };
  return { shown, move };
}
