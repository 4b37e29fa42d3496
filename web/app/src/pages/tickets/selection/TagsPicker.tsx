// Tags to put on all of the chosen tickets, or to take off those that have them.
import type { Icon } from "@tabler/icons-react";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tagsQuery } from "@/api/tags";
import { ActionPicker, type Choice } from "./ActionPicker";
import { isChosen } from "./selection";
import { useSelecting } from "./useSelection";

interface Props {
  icon: Icon;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onPick: (tags: { add: string[]; remove: string[] }) => void;
}

export function TagsPicker({ icon, opened, onOpened, onPick }: Props) {
  const { t } = useTranslation("views");
  const { selection, listed } = useSelecting();
  const [typed, setTyped] = useState("");
  const known = useQuery({ ...tagsQuery(typed.trim()), enabled: opened }).data?.items ?? [];
  const theirs = new Set(
    opened ? listed.current.filter(({ id }) => isChosen(selection, id)).flatMap(({ tags }) => tags) : [],
  );
  const add = (name: string): Choice => ({
    value: `add ${name}`,
    label: name,
    icon: <IconPlus size={14} stroke={1.8} aria-hidden="true" />,
    group: t("bulk.tags.add"),
  });
  const choices = [
    ...known.map(({ name }) => add(name)),
    ...[...theirs].map((name) => ({
      value: `remove ${name}`,
      label: name,
      icon: <IconX size={14} stroke={1.8} aria-hidden="true" />,
      group: t("bulk.tags.remove"),
    })),
  ];
  const pick = (value: string) => {
    const name = value.slice(value.indexOf(" ") + 1);
    onPick(value.startsWith("add ") ? { add: [name], remove: [] } : { add: [], remove: [name] });
  };
  return (
    <ActionPicker
      label={t("bulk.do.tags")}
      icon={icon}
      choices={choices}
      opened={opened}
      onOpened={onOpened}
      onPick={pick}
      onSearch={setTyped}
      make={(name) => (known.some((one) => one.name.toLowerCase() === name.toLowerCase()) ? null : add(name))}
    />
  );
}
