// The status switch: off says first what happens, on asks about what came meanwhile.
import { Button, Group, Modal, Stack, Switch, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { ChannelChange } from "@/api/channels";
import type { Channel } from "@/api/types";
import { toast, toastError } from "@/kit/toast";
import { addressOf } from "./addressOf";
import { useChangeChannel } from "./useChangeChannel";

export function StatusSwitch({ channel, disabled }: { channel: Channel; disabled?: boolean }) {
  const { t } = useTranslation("settings");
  const [asking, { open, close }] = useDisclosure(false);
  const change = useChangeChannel(channel.id);
  const turn = (wanted: ChannelChange) =>
    change.mutate(wanted, {
      onSuccess: () => toast(t(wanted.active ? "switch.isOn" : "switch.isOff", { name: channel.name })),
      onError: toastError,
      onSettled: close,
    });
  const onChange = () => {
    if (channel.active || channel.held > 0) open();
    else turn({ active: true });
  };
  return (
    <>
      <Switch
        checked={channel.active}
        onChange={onChange}
        disabled={disabled || change.isPending}
        aria-label={t("switch.label", { name: channel.name })}
      />
      <Modal
        opened={asking}
        onClose={close}
        title={t(channel.active ? "switch.offTitle" : "switch.onTitle", { name: channel.name })}
        closeButtonProps={{ "aria-label": t("common:close") }}
        centered
      >
        {channel.active ? (
          <SwitchOff channel={channel} busy={change.isPending} onCancel={close} onTurn={turn} />
        ) : (
          <SwitchOn channel={channel} busy={change.isPending} onTurn={turn} />
        )}
      </Modal>
    </>
  );
}

interface AskProps {
  channel: Channel;
  busy: boolean;
  onTurn: (change: ChannelChange) => void;
}

function SwitchOff({ channel, busy, onCancel, onTurn }: AskProps & { onCancel: () => void }) {
  const { t } = useTranslation("settings");
  const address = addressOf(channel);
  return (
    <Stack gap="md">
      <Text fz="sm">
        {address ? t("switch.offText", { address }) : t("switch.offTextOf", { name: channel.name })}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel} data-autofocus>
          {t("common:cancel")}
        </Button>
        <Button loading={busy} onClick={() => onTurn({ active: false })}>
          {t("switch.off")}
        </Button>
      </Group>
    </Stack>
  );
}

function SwitchOn({ channel, busy, onTurn }: AskProps) {
  const { t } = useTranslation("settings");
  return (
    <Stack gap="md">
      <Text fz="sm">{t("switch.onText", { count: channel.held })}</Text>
      <Stack gap="xs">
        <Button
          loading={busy}
          onClick={() => onTurn({ active: true, make_tickets_of_held: true })}
          data-autofocus
        >
          {t("switch.onWithHeld", { count: channel.held })}
        </Button>
        <Button variant="default" disabled={busy} onClick={() => onTurn({ active: true })}>
          {t("switch.onWithout")}
        </Button>
      </Stack>
      <Text fz="xs" c="dimmed">
        {t("switch.onLater")}
      </Text>
    </Stack>
  );
}
