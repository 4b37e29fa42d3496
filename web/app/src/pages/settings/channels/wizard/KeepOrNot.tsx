// Whoever leaves the wizard of a channel that is there, and not in use yet, says whether it stays.
import { Button, Group, Modal, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { channelsQuery, deleteChannel } from "@/api/channels";
import type { Channel } from "@/api/types";
import { toast, toastError } from "@/kit/toast";

interface Props {
  channel: Channel;
  opened: boolean;
  onClose: () => void;
  onLeave: () => void;
}

export function KeepOrNot({ channel, opened, onClose, onLeave }: Props) {
  const { t } = useTranslation("settings");
  const queryClient = useQueryClient();
  const keep = () => {
    toast(t("wizard.kept", { name: channel.name }));
    onLeave();
  };
  const remove = useMutation({
    mutationFn: () => deleteChannel(channel.id, channel.name),
    onSuccess: () => {
      onLeave();
      return queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey });
    },
    onError: toastError,
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("wizard.leaveTitle", { name: channel.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      <Text fz="sm" mb="md">
        {t("wizard.leaveText")}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="light" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t("wizard.remove")}
        </Button>
        <Button onClick={keep} data-autofocus>
          {t("wizard.keep")}
        </Button>
      </Group>
    </Modal>
  );
}
