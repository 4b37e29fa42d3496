// Where somebody works, for its public holidays, with the next ones listed.
import { Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Country, holidayCountriesQuery, holidaysQuery } from "@/api/availability";
import type { WholeMember } from "@/api/people";
import { wallClockIn } from "@/kit/hours/zones";
import { dateLocale } from "@/kit/time";
import { useNow } from "@/kit/useNow";
import { byCountryName, countryName, countryOf, nextHolidays } from "./countries";
import { MemberForm } from "./MemberForm";
import classes from "./MemberPage.module.css";

interface Props {
  member: Pick<WholeMember, "id" | "country" | "timezone">;
  mayChange: boolean;
}

export function HolidaysSection({ member, mayChange }: Props) {
  const { t } = useTranslation("people");
  return (
    <MemberForm
      memberId={member.id}
      title={t("holidays.title")}
      text={t("holidays.text")}
      mayChange={mayChange}
      stored={{ country: member.country }}
    >
      {({ value, set, errors }) => (
        <>
          <CountryFields
            value={value.country}
            onChange={(country) => set({ country })}
            error={errors.country}
            disabled={!mayChange}
          />
          {value.country && <Next country={value.country} zone={member.timezone} />}
        </>
      )}
    </MemberForm>
  );
}

interface FieldsProps {
  value: string;
  onChange: (country: string) => void;
  error?: string;
  disabled: boolean;
}

function CountryFields({ value, onChange, error, disabled }: FieldsProps) {
  const { t, i18n } = useTranslation("people");
  const countries = useQuery(holidayCountriesQuery()).data?.items ?? [];
  const country = countryOf(value);
  const sorted = useMemo(() => byCountryName(countries, i18n.language), [countries, i18n.language]);
  const regions = countries.find((each) => each.code === country)?.subdivisions ?? [];
  return (
    <Group align="flex-start" gap="md">
      <Select
        label={t("holidays.country")}
        w={260}
        searchable
        clearable
        limit={80}
        disabled={disabled}
        placeholder={t("holidays.none")}
        nothingFoundMessage={t("common:noMatch")}
        data={sorted.map((each: Country) => ({ value: each.code, label: countryName(each, i18n.language) }))}
        value={country || null}
        onChange={(code) => onChange(code ?? "")}
        error={error}
      />
      {regions.length > 0 && (
        <Select
          label={t("holidays.region")}
          w={220}
          searchable
          clearable
          disabled={disabled}
          placeholder={t("holidays.whole")}
          data={regions.map((each) => ({ value: each.code, label: each.name }))}
          value={value === country ? null : value}
          onChange={(code) => onChange(code ?? country)}
        />
      )}
    </Group>
  );
}

const shownNext = 4;

function Next({ country, zone }: { country: string; zone: string }) {
  const { t, i18n } = useTranslation("people");
  const today = wallClockIn(zone, useNow().toISOString()).day;
  const year = Number(today.slice(0, 4));
  const thisYear = useQuery(holidaysQuery(country, year)).data?.items ?? [];
  const nextYear = useQuery(holidaysQuery(country, year + 1)).data?.items ?? [];
  const next = nextHolidays([...thisYear, ...nextYear], today, shownNext);
  const format = new Intl.DateTimeFormat(dateLocale(i18n.language), {
    weekday: "short",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  if (next.length === 0) return null;
  return (
    <div>
      <h3 className={classes.subheading}>{t("holidays.next")}</h3>
      <ul className={classes.days}>
        {next.map((holiday) => (
          <li key={holiday.date}>
            <time dateTime={holiday.date}>{format.format(new Date(`${holiday.date}T00:00:00Z`))}</time>
            <span>{holiday.name}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
