// A field for choosing somebody who works here, with their face and how they stand.
import { Group, Select, type SelectProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { peopleQuery } from "@/api/people";
import { PersonFace } from "./PersonFace";

type Props = Omit<SelectProps, "data" | "value" | "onChange" | "renderOption"> & {
  value: string | null;
  onChange: (member: string | null) => void;
};

export function PersonSelect({ value, onChange, ...rest }: Props) {
  const { t, i18n } = useTranslation();
  const members = useQuery(peopleQuery()).data?.items ?? [];
  const people = members
    .filter((member) => (member.active && member.joined_at !== null) || member.id === value)
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  const chosen = people.find((person) => person.id === value);
  return (
    <Select
      {...rest}
      searchable
      placeholder={t("common:nobody")}
      nothingFoundMessage={t("common:noMatch")}
      clearButtonProps={{ "aria-label": t("common:nobody") }}
      data={people.map((person) => ({ value: person.id, label: person.name }))}
      leftSection={chosen && <PersonFace person={chosen} size={20} />}
      renderOption={({ option }) => {
        const person = people.find((one) => one.id === option.value);
        return (
          <Group gap={8} wrap="nowrap">
            {person && <PersonFace person={person} size={22} tooltip={false} />}
            <span>{option.label}</span>
          </Group>
        );
      }}
      value={value}
      onChange={onChange}
    />
  );
}
