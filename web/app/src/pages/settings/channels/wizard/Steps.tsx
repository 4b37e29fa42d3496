// Where one is in the wizard.
import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./Wizard.module.css";

export function Steps({ steps, current }: { steps: readonly string[]; current: string }) {
  const { t } = useTranslation("settings");
  const at = steps.indexOf(current);
  return (
    <ol className={classes.steps} aria-label={t("wizard.steps", { at: at + 1, of: steps.length })}>
      {steps.map((step, index) => (
        <li key={step} data-done={index < at || undefined} aria-current={index === at ? "step" : undefined}>
          <span className={classes.number}>
            {index < at ? <IconCheck size={13} stroke={2.5} /> : index + 1}
          </span>
          <span className={classes.stepName}>{t(`wizard.${step}.step`)}</span>
        </li>
      ))}
    </ol>
  );
}
