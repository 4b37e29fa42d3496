// When it shall leave: an offer, or a time of one's own.
import { Button, Menu, Stack, TextInput } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateLocale, messageTime } from "@/kit/time";
import { fieldValue, momentIn, offers } from "./later";

/** The entries of a menu. */
export function LaterItems({ onLater }: { onLater: (at: string) => void }) {
  const { t, i18n } = useTranslation("composer");
  const now = new Date();
  return (
    <>
      {offers(now).map(({ name, at }) => (
        <Menu.Item
          key={name}
          leftSection={<IconClock size={15} stroke={1.7} />}
          rightSection={messageTime(at.toISOString(), now, dateLocale(i18n.language))}
          onClick={() => onLater(at.toISOString())}
        >
          {t(`later.${name}`)}
        </Menu.Item>
      ))}
    </>
  );
}

interface OwnTimeProps {
  first?: Date;
  label: string;
  onChosen: (at: string) => void;
}

export function OwnTime({ first, label, onChosen }: OwnTimeProps) {
  const { t } = useTranslation("composer");
  const [value, setValue] = useState(() => fieldValue(first ?? new Date(Date.now() + 3_600_000)));
  const moment = momentIn(value, new Date());
  return (
    <Stack gap="sm">
      <TextInput
        type="datetime-local"
        label={t("later.when")}
        value={value}
        min={fieldValue(new Date())}
        onChange={(event) => setValue(event.currentTarget.value)}
        error={!moment && t("later.passed")}
        data-autofocus
      />
      <Button disabled={!moment} onClick={() => moment && onChosen(moment.toISOString())}>
        {label}
      </Button>
    </Stack>
  );
}
