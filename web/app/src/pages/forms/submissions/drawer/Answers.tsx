// Every question with its answer, as the form asked it then; hidden ones are marked, since visitors did not see them.
import { IconAlertTriangle, IconDownload, IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type Answer, type Submission, type SubmittedFile, submittedFileUrl } from "@/api/submissions";
import { bytes } from "@/kit/bytes";
import { FileIcon, shortName } from "@/pages/ticket/timeline/Attachments";
import { useAnswerText } from "../useAnswerText";
import classes from "./Answers.module.css";

interface Props {
  submission: Submission;
  /** Leaves out what was not answered. */
  given?: boolean;
  /** Questions beside the answers instead of above. */
  side?: boolean;
  downloads?: boolean;
}

export function Answers({ submission, given = false, side = false, downloads = true }: Props) {
  const { t } = useTranslation("submissions");
  const answerText = useAnswerText();
  const shown = given ? submission.answers.filter(answerText) : submission.answers;
  const extra = Object.entries(submission.extra);
  return (
    <>
      <dl className={classes.answers} data-side={side || undefined}>
        {shown.map((answer) => (
          <div key={answer.name} className={classes.answer} data-hidden={answer.hidden || undefined}>
            <dt>
              {answer.label}
              {answer.hidden && (
                <span className={classes.hidden}>
                  <IconEyeOff size={13} stroke={1.7} aria-hidden="true" />
                  {t("hidden")}
                </span>
              )}
            </dt>
            <dd>
              <Value
                submission={submission}
                answer={answer}
                text={answerText(answer)}
                downloads={downloads}
              />
            </dd>
          </div>
        ))}
      </dl>
      {extra.length > 0 && (
        <section className={classes.extra}>
          <h3>{t("one.extra")}</h3>
          <p>{t("one.extraText")}</p>
          <dl className={classes.answers} data-side={side || undefined}>
            {extra.map(([name, value]) => (
              <div key={name} className={classes.answer}>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

interface ValueProps {
  submission: Submission;
  answer: Answer;
  text: string;
  downloads: boolean;
}

function Value({ submission, answer, text, downloads }: ValueProps) {
  if (answer.files.length > 0)
    return (
      <ul className={classes.files}>
        {answer.files.map((file) => (
          <li key={file.id}>
            <FileLine submission={submission} file={file} downloads={downloads} />
          </li>
        ))}
      </ul>
    );
  if (!text) return <span className={classes.nothing}>–</span>;
  if (answer.type === "email") return <a href={`mailto:${text}`}>{text}</a>;
  if (answer.type === "phone") return <a href={`tel:${text.replace(/[^+\d]/g, "")}`}>{text}</a>;
  return text;
}

interface FileProps {
  submission: Submission;
  file: SubmittedFile;
  downloads: boolean;
}

/** Where the scanner found something the file is named, with what it found, and cannot be fetched. */
function FileLine({ submission, file, downloads }: FileProps) {
  const { t, i18n } = useTranslation("submissions");
  const size = bytes(file.size, i18n.language);
  if (file.virus)
    return (
      <span className={classes.infected}>
        <IconAlertTriangle size={18} stroke={1.7} aria-hidden="true" />
        <span>
          <b title={file.name}>{shortName(file.name)}</b> · {size}
          <br />
          {t("virus", { name: file.virus })}
        </span>
      </span>
    );
  if (!downloads)
    return (
      <span>
        {shortName(file.name)} <span className={classes.size}>{size}</span>
      </span>
    );
  return (
    <a
      href={submittedFileUrl(submission.form.id, submission.id, file.id)}
      download={file.name}
      className={classes.file}
      title={file.name}
    >
      <FileIcon type={file.content_type} name={file.name} />
      <span className={classes.fileName}>{shortName(file.name)}</span>
      <span className={classes.size}>{size}</span>
      <IconDownload size={15} stroke={1.7} aria-label={t("download")} />
    </a>
  );
}
