// Deleting a channel: what goes, what stays, and its name typed as the proof that it is meant.
import { Button, Group, List, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { channelsQuery, deleteChannel } from "@/api/channels";
import type { Channel } from "@/api/types";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { screensOf } from "./kinds/screens";

interface Props {
  channel: Channel;
  opened: boolean;
  onClose: () => void;
  onDeleted?: () => void;
}

export function DeleteChannel({ channel, opened, onClose, onDeleted }: Props) {
  const { t } = useTranslation("settings");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("delete.title", { name: channel.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      {opened && <Confirmation channel={channel} onClose={onClose} onDeleted={onDeleted} />}
    </Modal>
  );
}

function Confirmation({ channel, onClose, onDeleted }: Omit<Props, "opened">) {
  const { t } = useTranslation("settings");
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () => deleteChannel(channel.id, typed.trim()),
    onSuccess: () => {
      toast(t("delete.done", { name: channel.name }));
      onClose();
      onDeleted?.();
      return queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey });
    },
  });
  const errors = fieldErrors(remove.error, ["confirm_name"], t);
  const { goes, stays } = screensOf(channel.kind).ending(channel, t);
  const same = typed.trim() === channel.name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (same) remove.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <div>
          <Text fz="sm" fw={550}>
            {t("delete.goes")}
          </Text>
          <List size="sm" mt={3}>
            {goes.map((what) => (
              <List.Item key={what}>{what}</List.Item>
            ))}
          </List>
        </div>
        <div>
          <Text fz="sm" fw={550}>
            {t("delete.stays")}
          </Text>
          <List size="sm" mt={3}>
            {[...stays, t("delete.staysTickets")].map((what) => (
              <List.Item key={what}>{what}</List.Item>
            ))}
          </List>
        </div>
        <FaultAlert text={errors.above} />
        <TextInput
          label={t("delete.type", { name: channel.name })}
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={errors.at.confirm_name}
        />
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" color="red" disabled={!same} loading={remove.isPending}>
            {t("delete.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
