// What will be done with the send, each of which can be left out; and what was left out of the text.
import { Button, CloseButton, Pill } from "@mantine/core";
import { IconAlertTriangle, IconBolt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { gapWords } from "@/kit/macros/gapWords";
import { stepWords } from "@/kit/macros/stepWords";
import { whyWords } from "@/kit/macros/whyWords";
import classes from "./MacroChips.module.css";
import type { Macros } from "./useMacros";

export function MacroChips({ macros }: { macros: Macros }) {
  const { t } = useTranslation("macros");
  const { chosen, gaps } = macros;
  const troubled = chosen.flatMap(({ steps, left }) =>
    steps.filter((step, at) => step.problem && !left.includes(at)),
  );
  if (chosen.length === 0 && gaps.length === 0) return null;
  return (
    <div className={classes.chips} aria-live="polite">
      {chosen.length > 0 && (
        <section className={classes.line} aria-label={t("composer.doneWith")}>
          <IconBolt size={15} stroke={1.8} aria-hidden="true" />
          <span className={classes.label}>{t("composer.doneWith")}</span>
          {chosen.flatMap(({ macro, steps, left }) =>
            steps.map((step, at) => {
              if (left.includes(at)) return null;
              const words = stepWords(step, t);
              return (
                <Pill
                  key={`${macro} ${words}`}
                  withRemoveButton
                  removeButtonProps={{
                    "aria-label": t("composer.leaveOut", { step: words }),
                    "aria-hidden": false,
                    tabIndex: 0,
                  }}
                  onRemove={() => macros.leaveOut(macro, at)}
                  data-bad={!!step.problem}
                  className={classes.chip}
                >
                  {words}
                </Pill>
              );
            }),
          )}
          <Button size="compact-xs" variant="subtle" loading={macros.applying} onClick={macros.apply}>
            {t("composer.apply")}
          </Button>
        </section>
      )}
      {troubled.map((step) => (
        <p key={`${step.do} ${step.problem}`} className={classes.why}>
          <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
          {stepWords(step, t)}: {whyWords(step.problem, t)}
        </p>
      ))}
      {gaps.length > 0 && (
        <div className={classes.gaps}>
          <ul aria-label={t("composer.gaps")}>
            {gaps.map((gap) => (
              <li key={gap.token}>{gapWords(gap, t)}</li>
            ))}
          </ul>
          <CloseButton size="sm" aria-label={t("composer.closeGaps")} onClick={macros.closeGaps} />
        </div>
      )}
    </div>
  );
}
