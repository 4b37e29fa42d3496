// The field that adds tags, one after the other: Enter adds, Escape ends.
import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { tagsQuery } from "@/api/tags";
import { explain } from "@/kit/explain";
import { faultWords } from "@/kit/faultWords";

interface Props {
  /** What the ticket has already. */
  known: readonly string[];
  onAdd: (name: string) => Promise<unknown>;
  onDone: () => void;
}

const suggestAfter = 150;

export function TagAdder({ known, onAdd, onDone }: Props) {
  const { t } = useTranslation("ticket");
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [asked] = useDebouncedValue(typed.trim(), suggestAfter);
  const found = useQuery(tagsQuery(asked)).data?.items ?? [];
  const add = (given: string) => {
    const name = given.trim();
    if (!name) return;
    setFault(null);
    onAdd(name).then(
      () => setTyped(""),
      (error: unknown) => {
        const said = error instanceof Problem ? error.errors[0]?.message : undefined;
        setFault(said ? faultWords(said, t) : explain(error, t));
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // With a suggestion picked out, Enter takes that one.
    const picked = event.currentTarget.getAttribute("aria-activedescendant");
    if (event.key === "Enter" && !picked) {
      event.preventDefault();
      add(typed);
    }
    if (event.key === "Escape") onDone();
  };
  return (
    <Autocomplete
      size="xs"
      mt={6}
      aria-label={t("tags.add")}
      placeholder={t("tags.placeholder")}
      data={found.map(({ name }) => name).filter((name) => !known.includes(name))}
      filter={({ options }) => options}
      maxLength={50}
      value={typed}
      onChange={(value) => {
        setFault(null);
        setTyped(value);
      }}
      onOptionSubmit={add}
      onKeyDown={onKeyDown}
      error={fault}
      autoFocus
    />
  );
}
