// The files of a message that is handed on; each may stay behind, but for pictures that stand in its words.
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/composer";
import { bytes } from "@/kit/bytes";
import classes from "./HandedFiles.module.css";

interface Props {
  files: Plan["attachments"];
  left: ReadonlySet<string>;
  onLeft: (left: ReadonlySet<string>) => void;
}

export function HandedFiles({ files, left, onLeft }: Props) {
  const { t, i18n } = useTranslation("composer");
  const offered = files.filter((file) => !file.shown);
  if (offered.length === 0) return null;
  const toggle = (id: string, goes: boolean) => {
    const next = new Set(left);
    if (goes) next.delete(id);
    else next.add(id);
    onLeft(next);
  };
  return (
    <fieldset className={classes.files}>
      <legend className="k-hidden">{t("handedFiles")}</legend>
      {offered.map((file) => (
        <Checkbox
          key={file.id}
          size="xs"
          checked={!left.has(file.id)}
          onChange={(event) => toggle(file.id, event.target.checked)}
          label={`${file.name} (${bytes(file.size, i18n.language)})`}
        />
      ))}
    </fieldset>
  );
}
