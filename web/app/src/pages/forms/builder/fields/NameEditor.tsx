// The name that an answer is sent and kept under; programs and pages of one's own use it.
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useBuilding } from "../context";
import { goodName, namesBeside, renamed } from "../draft";
import type { FieldProps } from "./fieldProps";

export function NameEditor({ field, fault }: FieldProps) {
  const { t } = useTranslation("forms");
  const { editing } = useBuilding();
  const { draft, base, change, isPublished } = editing;
  // One that cannot be is only typed: conditions that ask for the field would lose it on the way.
  const [typed, setTyped] = useState<string | null>(null);
  const before = base.fields.find((each) => each.id === field.id)?.name;
  const isTaken = (name: string) => namesBeside(draft, field.id).includes(name);
  const shown = typed ?? field.name;
  const error = !goodName.test(shown)
    ? t("problem.fieldName")
    : isTaken(shown)
      ? t("problem.fieldNameTaken")
      : fault("name");
  const leaves = isPublished(field.id) && before !== field.name;
  return (
    <TextInput
      label={t("panel.name")}
      description={leaves ? t("panel.renamed", { before }) : t("panel.nameText")}
      inputWrapperOrder={["label", "input", "description", "error"]}
      maxLength={63}
      spellCheck={false}
      autoComplete="off"
      value={shown}
      onChange={(event) => {
        const name = event.currentTarget.value;
        const good = goodName.test(name) && !isTaken(name);
        setTyped(good ? null : name);
        if (good) change((now) => renamed(now, field.id, name), `${field.id} name`);
      }}
      onBlur={() => setTyped(null)}
      error={error}
    />
  );
}
