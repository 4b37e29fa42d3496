// One submission where there is no room for a table: who, what they wrote, and what became of it.
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Submission } from "@/api/submissions";
import { Time } from "@/kit/Time";
import { answerOf, type Column, typedAddress } from "../columns";
import { fateOf, reasonInWords } from "../fates";
import { useAnswerText } from "../useAnswerText";
import classes from "./SubmissionList.module.css";

interface Props {
  submission: Submission;
  index: number;
  columns: Column[];
  open: boolean;
  fresh: boolean;
  /** Pixels from the first card's top. */
  top: number;
  height: number;
}

export const Card = memo(function Card({ submission, index, columns, open, fresh, top, height }: Props) {
  return (
    <li
      data-index={index}
      className={classes.cardPlace}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <Link
        from="/a/$slug/forms/$formId/submissions"
        to="."
        search={(now) => ({ ...now, open: submission.id })}
        className={classes.card}
        data-open={open || undefined}
        data-fresh={fresh || undefined}
      >
        <span className={classes.cardLine}>
          <Who submission={submission} />
          <Time at={submission.received_at} className={classes.when} />
        </span>
        <Said submission={submission} columns={columns} />
        <Became submission={submission} />
      </Link>
    </li>
  );
});

function Who({ submission }: { submission: Submission }) {
  const { t } = useTranslation("submissions");
  return (
    <b className={classes.ellipsis}>
      {submission.contact?.name || typedAddress(submission) || t("nameless")}
    </b>
  );
}

function Said({ submission, columns }: { submission: Submission; columns: Column[] }) {
  const answerText = useAnswerText();
  const texts = columns.flatMap(({ field }) => {
    const answer = field && answerOf(submission, field.name);
    return answer ? [answerText(answer)] : [];
  });
  return <span className={classes.ellipsis}>{texts.filter(Boolean).join(" · ") || "–"}</span>;
}

function Became({ submission }: { submission: Submission }) {
  const { t } = useTranslation(["submissions", "settings"]);
  const fate = fateOf(submission);
  const { ticket } = submission;
  const words = ticket
    ? `#${ticket.number} ${ticket.subject}`
    : [t(`fate.${fate.name}`), fate.reason && reasonInWords(fate.reason, t)].filter(Boolean).join(": ");
  return (
    <span className={classes.became} data-tone={fate.tone}>
      {words}
    </span>
  );
}
