// Chooses a time zone by typing part of its name, and says what time it is there now.
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { dateLocale } from "../time";
import { useNow } from "../useNow";
import { clockIn, zoneNames } from "./zones";

interface Props {
  value: string;
  onChange: (zone: string) => void;
  error?: string;
  disabled?: boolean;
}

export function ZoneField({ value, onChange, error, disabled }: Props) {
  const { t, i18n } = useTranslation("hours");
  const now = useNow();
  const names = useMemo(
    () => zoneNames(value).map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
    [value],
  );
  const clock = clockIn(value, now, dateLocale(i18n.language));
  return (
    <Select
      label={t("zone")}
      description={clock ? t("nowThere", { clock }) : undefined}
      searchable
      limit={80}
      maxDropdownHeight={280}
      maw={360}
      allowDeselect={false}
      checkIconPosition="right"
      nothingFoundMessage={t("common:noMatch")}
      data={names}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
      error={error}
      disabled={disabled}
    />
  );
}
