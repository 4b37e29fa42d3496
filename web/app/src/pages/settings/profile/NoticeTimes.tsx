// When a digest comes, and the hours in which nothing does. Saved at once.
import { Checkbox, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { chooseTimes, noticeTimesQuery, type NoticeTimes as Times } from "@/api/noticePreferences";
import { toastError } from "@/kit/toast";

const firstQuiet = { since: "22:00", until: "07:00" };

export function NoticeTimes() {
  const { t } = useTranslation("people");
  const times = useQuery(noticeTimesQuery());
  const queryClient = useQueryClient();
  const key = noticeTimesQuery().queryKey;
  const choose = useMutation({
    mutationFn: chooseTimes,
    onMutate: (wanted) => queryClient.setQueryData(key, wanted),
    onError: (error) => {
      toastError(error);
      queryClient.invalidateQueries({ queryKey: key });
    },
  });
  const known = times.data;
  if (!known) return null;
  const save = (change: Partial<Times>) => choose.mutate({ ...known, ...change });
  return (
    <Stack gap="xs" mt="lg">
      <Text fw={600} fz="sm">
        {t("notices.times.title")}
      </Text>
      <Text c="dimmed" fz="sm">
        {t("notices.times.text")}
      </Text>
      <Group align="end" gap="sm">
        <Select
          w={200}
          label={t("notices.times.every")}
          allowDeselect={false}
          value={known.every}
          data={(["hour", "day"] as const).map((value) => ({ value, label: t(`notices.times.${value}`) }))}
          onChange={(every) => every && save({ every: every as Times["every"] })}
        />
        {known.every === "day" && (
          <ClockField
            label={t("notices.times.at")}
            value={known.at ?? "08:00"}
            onChange={(at) => save({ at })}
          />
        )}
      </Group>
      <Checkbox
        label={t("notices.times.quiet")}
        checked={!!known.quiet}
        onChange={(event) => save({ quiet: event.currentTarget.checked ? firstQuiet : null })}
      />
      {known.quiet && (
        <Group gap="sm">
          <ClockField
            label={t("notices.times.since")}
            value={known.quiet.since}
            onChange={(since) => known.quiet && save({ quiet: { ...known.quiet, since } })}
          />
          <ClockField
            label={t("notices.times.until")}
            value={known.quiet.until}
            onChange={(until) => known.quiet && save({ quiet: { ...known.quiet, until } })}
          />
        </Group>
      )}
    </Stack>
  );
}

interface ClockFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Half a time is no time: it is saved when it is whole. */
function ClockField({ label, value, onChange }: ClockFieldProps) {
  return (
    <TextInput
      type="time"
      label={label}
      defaultValue={value}
      onChange={({ currentTarget: { value: typed } }) => /^\d\d:\d\d$/.test(typed) && onChange(typed)}
    />
  );
}
