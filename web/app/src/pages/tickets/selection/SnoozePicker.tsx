// Until when all of the chosen tickets are put aside.
import { Button, Group, Modal, TextInput } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateLocale } from "@/kit/time";
import { fieldValue, momentIn, offers } from "@/pages/ticket/composer/later";
import { ActionPicker, type Choice } from "./ActionPicker";

interface Props {
  icon: Icon;
  /** Whether they are put aside already. */
  snoozed: boolean;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  /** null: they come back now. */
  onPick: (until: string | null) => void;
}

const wake = "wake";
const own = "own";

export function SnoozePicker({ icon, snoozed, opened, onOpened, onPick }: Props) {
  const { t, i18n } = useTranslation(["views", "composer"]);
  const [asking, setAsking] = useState(false);
  const format = new Intl.DateTimeFormat(dateLocale(i18n.language), {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const choices: Choice[] = [
    ...(snoozed ? [{ value: wake, label: t("bulk.do.wake") }] : []),
    ...offers(new Date()).map(({ name, at }) => ({
      value: at.toISOString(),
      label: `${t(`composer:later.${name}`)} · ${format.format(at)}`,
    })),
    { value: own, label: t("composer:later.own") },
  ];
  return (
    <>
      <ActionPicker
        label={t("bulk.do.snooze")}
        icon={icon}
        choices={choices}
        opened={opened}
        onOpened={onOpened}
        onPick={(value) => (value === own ? setAsking(true) : onPick(value === wake ? null : value))}
      />
      {asking && (
        <OwnTime
          onClose={() => setAsking(false)}
          onPick={(until) => {
            setAsking(false);
            onPick(until);
          }}
        />
      )}
    </>
  );
}

function OwnTime({ onClose, onPick }: { onClose: () => void; onPick: (until: string) => void }) {
  const { t } = useTranslation(["views", "composer"]);
  const [value, setValue] = useState(() => fieldValue(new Date(Date.now() + 86_400_000)));
  const moment = momentIn(value, new Date());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (moment) onPick(moment.toISOString());
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={340}
      title={t("bulk.do.snooze")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form onSubmit={submit}>
        <TextInput
          type="datetime-local"
          label={t("composer:later.when")}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
          error={moment ? undefined : t("composer:later.passed")}
          data-autofocus
        />
        <Group justify="flex-end" mt="md">
          <Button type="submit" disabled={!moment}>
            {t("bulk.do.snooze")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
