// What somebody should know before they send: the thread goes by another address, answers go elsewhere.
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/composer";
import classes from "./Warnings.module.css";

/** New people have their own boxes to tick. */
const shownElsewhere = ["new_people"];

export function Warnings({ plan }: { plan: Plan }) {
  const { t } = useTranslation("composer");
  const warnings = plan.warnings.filter((warning) => !shownElsewhere.includes(warning.code));
  if (warnings.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label={t("warning.title")}>
      {warnings.map(({ code, addresses, channel }) => (
        <li key={code}>
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
          {t(`warning.${code}`, { who: addresses.join(", "), channel: channel?.name })}
        </li>
      ))}
    </ul>
  );
}
