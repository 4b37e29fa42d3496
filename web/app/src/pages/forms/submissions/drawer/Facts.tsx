// Where a submission came from, and by which version of the form.
import { useTranslation } from "react-i18next";
import type { Submission } from "@/api/submissions";
import { dateLocale, fullTime } from "@/kit/time";
import { isWebPage, pageText } from "../pageText";
import classes from "./SubmissionDrawer.module.css";

export function Facts({ submission }: { submission: Submission }) {
  const { t, i18n } = useTranslation("submissions");
  const { page, language } = submission;
  const from = isWebPage(page) ? (
    <a href={page} target="_blank" rel="noreferrer noopener">
      {pageText(page)}
    </a>
  ) : (
    page
  );
  const facts: [string, React.ReactNode][] = [
    ["received", fullTime(submission.received_at, dateLocale(i18n.language))],
    ["source", t(`source.${submission.source}`)],
    ["page", from],
    ["language", language && languageName(language, i18n.language)],
    ["version", t("one.versionOf", { version: submission.form.version, form: submission.form.name })],
    ["id", submission.id],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{t(`fact.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function languageName(language: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
