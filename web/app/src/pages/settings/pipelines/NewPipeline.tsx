// A new pipeline needs a name; the rest is there to be changed.
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import { createPipeline } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";

interface Props {
  opened: boolean;
  onClose: () => void;
  onMade: (pipeline: Pipeline) => void;
}

export function NewPipeline({ opened, onClose, onMade }: Props) {
  const { t } = useTranslation("pipelines");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("new.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      {opened && <Form onClose={onClose} onMade={onMade} />}
    </Modal>
  );
}

function Form({ onClose, onMade }: Omit<Props, "opened">) {
  const { t } = useTranslation("pipelines");
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const make = useMutation({
    mutationFn: () => createPipeline(name),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: pipelinesQuery().queryKey });
      onMade(made);
      onClose();
    },
  });
  const errors = fieldErrors(make.error, ["name"], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t("new.text")}
        </Text>
        <FaultAlert text={errors.above} />
        <TextInput
          label={t("new.name")}
          placeholder={t("new.placeholder")}
          maxLength={60}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errors.at.name}
        />
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" disabled={!name.trim()} loading={make.isPending}>
            {t("new.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
