// What a macro would say and do on one ticket, with what stands in the way and what would be left out.
import { IconAlertTriangle, IconBolt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { MacroPreview as Preview } from "@/api/macros";
import { gapWords } from "./gapWords";
import classes from "./MacroPreview.module.css";
import { stepWords } from "./stepWords";
import { whyWords } from "./whyWords";

interface Props {
  preview: Preview;
  /** Lines of text at most; the rest is cut off. */
  lines?: number;
}

export function MacroPreview({ preview, lines }: Props) {
  const { t } = useTranslation("macros");
  return (
    <div className={classes.preview}>
      {preview.text ? (
        <p className={classes.text} style={lines ? { WebkitLineClamp: lines } : undefined} data-cut={!!lines}>
          {preview.text}
        </p>
      ) : (
        <p className={classes.none}>{t("preview.noText")}</p>
      )}
      {preview.steps.length > 0 && (
        <ul className={classes.steps} aria-label={t("preview.does")}>
          {preview.steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have nothing else that is their own
            <li key={index} data-bad={!!step.problem}>
              {step.problem ? (
                <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
              ) : (
                <IconBolt size={14} stroke={1.8} aria-hidden="true" />
              )}
              <span>
                {stepWords(step, t)}
                {step.problem && <small>{whyWords(step.problem, t)}</small>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {preview.gaps.length > 0 && (
        <ul className={classes.gaps}>
          {preview.gaps.map((gap) => (
            <li key={gap.token}>
              <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />
              <span>{gapWords(gap, t)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
