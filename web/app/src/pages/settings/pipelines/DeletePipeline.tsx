// Deleting a pipeline, and where its tickets go.
import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import { deletePipeline } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { useStatusName } from "@/kit/status";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";

interface Props {
  pipeline: Pipeline;
  all: Pipeline[];
  opened: boolean;
  onClose: () => void;
}

export function DeletePipeline(props: Props) {
  const { t } = useTranslation("pipelines");
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={t("deletion.title", { name: props.pipeline.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      {props.opened && <Confirmation {...props} />}
    </Modal>
  );
}

function Confirmation({ pipeline, all, onClose }: Props) {
  const { t } = useTranslation("pipelines");
  const statusName = useStatusName();
  const queryClient = useQueryClient();
  const others = all.filter((one) => one.id !== pipeline.id);
  const [target, setTarget] = useState<Pipeline | undefined>(
    others.find((one) => one.is_default) ?? others[0],
  );
  const [status, setStatus] = useState(target?.statuses[0]?.id ?? "");
  const tickets = pipeline.statuses.reduce((sum, one) => sum + (one.tickets ?? 0), 0);
  const remove = useMutation({
    // Also where it had none a moment ago, since one may have come in.
    mutationFn: () => deletePipeline(pipeline.id, target && status ? { pipeline: target.id, status } : null),
    onSuccess: () => {
      toast(t("deletion.done", { name: pipeline.name }));
      onClose();
      return queryClient.invalidateQueries({ queryKey: pipelinesQuery().queryKey });
    },
  });
  const errors = fieldErrors(remove.error, ["move_to.pipeline", "move_to.status"], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text fz="sm">{tickets > 0 ? t("deletion.text", { count: tickets }) : t("deletion.none")}</Text>
        {tickets > 0 && (
          <>
            <Select
              label={t("deletion.pipeline")}
              allowDeselect={false}
              data={others.map(({ id, name }) => ({ value: id, label: name }))}
              value={target?.id ?? null}
              onChange={(id) => {
                const next = others.find((one) => one.id === id);
                setTarget(next);
                setStatus(next?.statuses[0]?.id ?? "");
              }}
              error={errors.at["move_to.pipeline"]}
            />
            <Select
              label={t("deletion.status")}
              allowDeselect={false}
              data={(target?.statuses ?? []).map((one) => ({ value: one.id, label: statusName(one) }))}
              value={status}
              onChange={(id) => setStatus(id ?? "")}
              error={errors.at["move_to.status"]}
            />
          </>
        )}
        <Text fz="sm" c="dimmed">
          {t("deletion.rules")}
        </Text>
        <FaultAlert text={errors.above} />
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" color="red" loading={remove.isPending}>
            {t("deletion.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
