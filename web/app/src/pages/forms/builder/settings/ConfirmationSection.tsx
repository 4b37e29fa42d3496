// The mail that the sender gets at once, and how it reads.
import { Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Note } from "@/kit/Note";
import { Section } from "../../../settings/ui/Section";
import { useBuilding } from "../context";
import type { OptionProps } from "./optionProps";
import classes from "./Settings.module.css";
import { suggestions } from "./suggestions";

export function ConfirmationSection({ options, set, fault }: OptionProps) {
  const { t } = useTranslation("forms");
  const { form, editing } = useBuilding();
  const hasEmail = editing.draft.fields.some((field) => field.type === "email" && !field.hidden);
  const words = suggestions[options.language];
  return (
    <Section
      title={t("confirm.title")}
      text={t("confirm.text")}
      aside={
        <Switch
          aria-label={t("confirm.title")}
          checked={options.confirm}
          onChange={(event) => set({ confirm: event.currentTarget.checked })}
        />
      }
    >
      {options.confirm && (
        <Stack gap="md">
          {!hasEmail && <Note tone="warn">{t("confirm.noEmail")}</Note>}
          {hasEmail && !form.channel && <Note>{t("confirm.unconnected")}</Note>}
          <TextInput
            label={t("confirm.subject")}
            maxLength={200}
            placeholder={words.received(t("confirm.theirSubject"))}
            value={options.confirmation_subject}
            onChange={(event) =>
              set({ confirmation_subject: event.currentTarget.value }, "confirmation_subject")
            }
            error={fault("confirmation_subject")}
          />
          <Textarea
            label={t("confirm.greeting")}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={5000}
            placeholder={words.greeting}
            value={options.confirmation_text}
            onChange={(event) => set({ confirmation_text: event.currentTarget.value }, "confirmation_text")}
            error={fault("confirmation_text")}
          />
          <Mail />
        </Stack>
      )}
    </Section>
  );
}

function Mail() {
  const { t } = useTranslation("forms");
  const { draft } = useBuilding().editing;
  const { options } = draft;
  const words = suggestions[options.language];
  const shown = draft.fields.filter((field) => !field.hidden && field.type !== "file");
  return (
    <section className={classes.mail} aria-label={t("confirm.preview")}>
      <div className={classes.subject}>
        {options.confirmation_subject || words.received(t("confirm.theirSubject"))}
      </div>
      <p>{options.confirmation_text || words.greeting}</p>
      <p>{words.answer}</p>
      <p>{words.youWrote}</p>
      <blockquote>
        {shown.slice(0, 4).map((field) => (
          <p key={field.id}>
            <b>{field.label}</b>
            <br />…
          </p>
        ))}
        {shown.length > 4 && <p>…</p>}
      </blockquote>
    </section>
  );
}
