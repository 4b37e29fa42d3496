// What one column says about a submission.
import { IconPaperclip } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Submission } from "@/api/submissions";
import { answerOf, type Column, extraText, typedAddress } from "../columns";
import { FateWords } from "../FateWords";
import { reasonInWords } from "../fates";
import { pageText } from "../pageText";
import { useAnswerText } from "../useAnswerText";
import classes from "./SubmissionList.module.css";

interface Props {
  slug: string;
  submission: Submission;
  column: Column;
}

export function Cell({ slug, submission, column }: Props) {
  const { t } = useTranslation("submissions");
  const answerText = useAnswerText();
  if (column.field) {
    const answer = answerOf(submission, column.field.name);
    if (!answer) return <Nothing />;
    const text = answerText(answer);
    if (!text) return <Nothing />;
    return (
      <span className={classes.ellipsis} title={text}>
        {answer.files.length > 0 && (
          <IconPaperclip size={13} stroke={1.7} className={classes.clip} aria-hidden="true" />
        )}
        {text}
      </span>
    );
  }
  switch (column.key) {
    case "why":
      return <Why submission={submission} />;
    case "contact":
      return submission.contact ? (
        <Link
          to="/a/$slug/contacts/$contactId"
          params={{ slug, contactId: submission.contact.id }}
          className={classes.person}
        >
          {submission.contact.name || t("nameless")}
        </Link>
      ) : (
        <Typed submission={submission} />
      );
    case "ticket":
      return <FateWords slug={slug} submission={submission} short />;
    case "source":
      return t(`source.${submission.source}`);
    case "page":
      return submission.page ? (
        <span className={classes.ellipsis} title={submission.page}>
          {pageText(submission.page)}
        </span>
      ) : (
        <Nothing />
      );
    default: {
      const text = extraText(submission.extra);
      return text ? (
        <span className={classes.ellipsis} title={text}>
          {text}
        </span>
      ) : (
        <Nothing />
      );
    }
  }
}

function Why({ submission }: { submission: Submission }) {
  const { t } = useTranslation(["submissions", "settings"]);
  const why = reasonInWords(submission.caught, t);
  return (
    <span className={classes.why} title={why}>
      {why}
    </span>
  );
}

/** Nobody we know: the address as it was typed, if there was one. */
function Typed({ submission }: { submission: Submission }) {
  const address = typedAddress(submission);
  return address ? <span className={classes.typed}>{address}</span> : <Nothing />;
}

const Nothing = () => <span className={classes.nothing}>–</span>;
