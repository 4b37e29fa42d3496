// Deleting a channel: what goes, what stays, and its name typed as the proof that it is meant.
import { Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { channelsQuery, deleteChannel } from "@/api/channels";
import type { Channel } from "@/api/types";
import { toast } from "@/kit/toast";
import { DeleteByName } from "../ui/DeleteByName";
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
  const { goes, stays } = screensOf(channel.kind).ending(channel, t);
  const afterwards = () => {
    toast(t("delete.done", { name: channel.name }));
    onClose();
    onDeleted?.();
    return queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey });
  };
  return (
    <DeleteByName
      name={channel.name}
      words={{
        goes: t("delete.goes"),
        stays: t("delete.stays"),
        type: t("delete.type", { name: channel.name }),
        action: t("delete.action"),
      }}
      goes={goes}
      stays={[...stays, t("delete.staysTickets")]}
      remove={(typed) => deleteChannel(channel.id, typed)}
      onDeleted={afterwards}
      onClose={onClose}
    />
  );
}
