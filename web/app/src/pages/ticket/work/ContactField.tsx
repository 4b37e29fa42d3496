// Whom a ticket is about: somebody known, found by the beginning of an address, or a new address.
import { Autocomplete, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { contactsQuery } from "@/api/timeline";
import { addressIn } from "@/kit/addresses";

export interface ContactWanted {
  known: { id: string; name: string; email: string | null } | null;
  /** What stands in the field while nobody known is chosen. */
  typed: string;
  /** Of somebody new. */
  name?: string;
}

interface Props {
  value: ContactWanted;
  onChange: (value: ContactWanted) => void;
}

const askAfter = 150;

export function ContactField({ value, onChange }: Props) {
  const { t } = useTranslation("work");
  const [asked] = useDebouncedValue(value.typed.trim(), askAfter);
  const found = useQuery({ ...contactsQuery(asked), enabled: asked !== "" }).data?.items ?? [];
  const shown = value.known ? value.known.email || value.known.name : value.typed;
  const isNew =
    !value.known && addressIn(value.typed) !== null && !found.some(({ email }) => email === asked);
  return (
    <>
      <Autocomplete
        label={t("contact.label")}
        description={t("contact.hint")}
        placeholder={t("contact.placeholder")}
        data={found.map((one) => ({ value: one.email ?? "", label: one.email ?? "" }))}
        filter={({ options }) => options}
        renderOption={({ option }) => {
          const one = found.find(({ email }) => email === option.value);
          return one?.name ? `${one.name} · ${option.value}` : option.value;
        }}
        value={shown}
        onChange={(typed) => {
          const known = found.find(({ email }) => email === typed) ?? null;
          onChange({ ...value, known, typed: known ? "" : typed });
        }}
        error={wantedContact(value).valid ? undefined : t("contact.wrong")}
      />
      {isNew && (
        <TextInput
          label={t("contact.name")}
          value={value.name ?? ""}
          maxLength={200}
          onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
        />
      )}
    </>
  );
}

/** As the API takes it; not `valid` while what is typed is no address. */
export function wantedContact({ known, typed, name }: ContactWanted) {
  if (known) return { valid: true, contact: known.id };
  if (!typed.trim()) return { valid: true, contact: null };
  const email = addressIn(typed);
  return { valid: email !== null, contact: email ? { email, name: name ?? "" } : null };
}
