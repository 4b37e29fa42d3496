// Whoever writes first is told that it has arrived (EML-24): switch, language, words and promise, with what comes of it.
import { Button, NumberInput, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import {
  type Acknowledgement,
  acknowledgementLanguagesQuery,
  acknowledgementPreviewQuery,
} from "@/api/automations";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../ui/FaultAlert";
import { SaveButton } from "../../../ui/SaveButton";
import { Section } from "../../../ui/Section";
import { useSectionForm } from "../../edit/useSectionForm";
import { useChangeChannel } from "../../useChangeChannel";
import { ruleErrors } from "../tickets/ruleErrors";
import { TokenTextarea } from "../tokens/TokenTextarea";
import classes from "./Acknowledgement.module.css";

const tokens = ["ticket.number", "ticket.subject", "contact.first_name", "answer_time"] as const;
const previewAfter = 350;

export function AcknowledgementSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("automation");
  const form = useSectionForm(channel.acknowledgement as Acknowledgement);
  const change = useChangeChannel(channel.id);
  const errors = ruleErrors(change.error, t);
  const languages = useQuery(acknowledgementLanguagesQuery()).data?.items ?? [];
  const { value } = form;
  const set = (some: Partial<Acknowledgement>) => form.set({ ...value, ...some });
  const standard = languages.find((language) => language.code === value.language)?.text ?? "";
  const at = (field: string) => errors.at(`acknowledgement.${field}`);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty) change.mutate({ acknowledgement: value }, { onSuccess: form.settle });
      }}
    >
      <Section
        title={t("acknowledgement.title")}
        text={t("acknowledgement.text")}
        foot={
          <SaveButton
            dirty={form.dirty}
            saving={change.isPending}
            savedAt={change.isSuccess ? change.submittedAt : 0}
          />
        }
      >
        <FaultAlert text={errors.above} />
        <Switch
          label={t("acknowledgement.on")}
          checked={value.on}
          onChange={(event) => set({ on: event.currentTarget.checked })}
        />
        {value.on ? (
          <div className={classes.columns}>
            <Stack gap={14}>
              <Select
                label={t("acknowledgement.language")}
                data={languages.map(({ code, name }) => ({ value: code, label: name }))}
                value={value.language}
                allowDeselect={false}
                searchable
                onChange={(language) => set({ language: language as Acknowledgement["language"] })}
                error={at("language")}
              />
              <AnswerTime value={value} onChange={set} error={at("expected_hours")} />
              <TextInput
                label={t("acknowledgement.subject")}
                placeholder={t("acknowledgement.subjectPlaceholder")}
                value={value.subject}
                onChange={(event) => set({ subject: event.currentTarget.value })}
                error={at("subject")}
              />
              <TokenTextarea
                label={t("acknowledgement.words")}
                description={t(value.text ? "acknowledgement.ownWords" : "acknowledgement.standardWords")}
                inputWrapperOrder={["label", "input", "error", "description"]}
                tokens={tokens}
                value={value.text || standard}
                onChange={(text) => set({ text: text === standard ? "" : text })}
                error={at("text")}
              />
              {value.text && (
                <div>
                  <Button size="compact-sm" variant="subtle" ml={-8} onClick={() => set({ text: "" })}>
                    {t("acknowledgement.backToStandard")}
                  </Button>
                </div>
              )}
            </Stack>
            <Preview value={value} />
          </div>
        ) : (
          <p className={classes.off}>{t("acknowledgement.off")}</p>
        )}
      </Section>
    </form>
  );
}

interface AnswerTimeProps {
  value: Acknowledgement;
  onChange: (some: Partial<Acknowledgement>) => void;
  error?: string;
}

const offered = [1, 2, 4, 8, 24, 48, 72];
const other = "other";

function AnswerTime({ value, onChange, error }: AnswerTimeProps) {
  const { t } = useTranslation("automation");
  const hours = value.expected_hours;
  const isOther = hours !== null && !offered.includes(hours);
  return (
    <div className={classes.promise}>
      <Select
        label={t("acknowledgement.promise")}
        description={t("acknowledgement.promiseText", { token: "{{answer_time}}" })}
        data={[
          { value: "", label: t("acknowledgement.soon") },
          ...offered.map((count) => ({ value: String(count), label: t("acknowledgement.hours", { count }) })),
          { value: other, label: t("acknowledgement.other") },
        ]}
        value={isOther ? other : String(hours ?? "")}
        allowDeselect={false}
        onChange={(picked) =>
          onChange({ expected_hours: picked === other ? 12 : picked ? Number(picked) : null })
        }
        error={isOther ? undefined : error}
      />
      {isOther && (
        <NumberInput
          aria-label={t("acknowledgement.hoursLabel")}
          min={1}
          max={1000}
          allowDecimal={false}
          suffix={t("acknowledgement.hoursSuffix")}
          value={hours}
          onChange={(typed) => onChange({ expected_hours: typeof typed === "number" ? typed : 12 })}
          error={error}
        />
      )}
    </div>
  );
}

function Preview({ value }: { value: Acknowledgement }) {
  const { t } = useTranslation("automation");
  const [asked] = useDebouncedValue(value, previewAfter);
  const shown = useQuery(acknowledgementPreviewQuery(asked)).data;
  return (
    <section className={classes.preview} aria-label={t("acknowledgement.preview")}>
      <h3 className={classes.heading}>{t("acknowledgement.preview")}</h3>
      <div className={classes.mail} lang={value.language}>
        <p className={classes.subject}>
          <span lang={undefined}>{t("acknowledgement.previewSubject")}</span> {shown?.subject}
        </p>
        <p className={classes.body}>{shown?.text}</p>
      </div>
      <p className={classes.off}>{t("acknowledgement.signature")}</p>
    </section>
  );
}
