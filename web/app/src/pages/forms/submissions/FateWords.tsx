// What became of a submission, in words.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Submission } from "@/api/submissions";
import classes from "./FateWords.module.css";
import { fateOf, reasonInWords } from "./fates";

interface Props {
  slug: string;
  submission: Submission;
  /** In a cell; else as a sentence. */
  short?: boolean;
}

export function FateWords({ slug, submission, short = false }: Props) {
  const { t } = useTranslation(["submissions", "settings"]);
  const fate = fateOf(submission);
  const { ticket } = submission;
  const reason = fate.reason && reasonInWords(fate.reason, t);
  if (ticket && fate.name === "ticket")
    return (
      <Link
        to="/a/$slug/tickets/$number"
        params={{ slug, number: String(ticket.number) }}
        className={classes.ticket}
        title={ticket.subject}
      >
        #{ticket.number} {ticket.subject || t("ticket:noSubject")}
      </Link>
    );
  return (
    <span className={short ? classes.line : classes.sentence} title={short ? reason : undefined}>
      <span className={classes.tag} data-tone={fate.tone}>
        {t(`fate.${fate.name}`)}
      </span>
      {reason ? (
        <span className={classes.reason}>{reason}</span>
      ) : (
        !short && <span className={classes.reason}>{t(`fateText.${fate.name}`)}</span>
      )}
    </span>
  );
}
