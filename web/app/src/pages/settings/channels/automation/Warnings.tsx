// What may be stored and is worth knowing: nobody with the skill is at work today, a team has no main members.
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { problemWords } from "./problemWords";
import classes from "./Warnings.module.css";

export function Warnings({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation("routing");
  if (lines.length === 0) return null;
  return (
    <ul className={classes.warnings}>
      {lines.map((line) => (
        <li key={line}>
          <IconAlertTriangle size={14} stroke={1.9} aria-hidden="true" />
          {problemWords(line, t)}
        </li>
      ))}
    </ul>
  );
}
