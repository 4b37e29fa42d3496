// What the form says and does around its fields: language, texts, what comes after sending, when it closes, the
// confirmation, who may show it, and where its tickets begin.
import { SegmentedControl, Select, Stack, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { deskSettingsQuery } from "@/api/deskSettings";
import type { FormOptions } from "@/api/forms";
import { localMoment, utcMoment } from "@/kit/properties/values";
import { Section } from "../../../settings/ui/Section";
import builder from "../Builder.module.css";
import { useBuilding } from "../context";
import { problemWords } from "../problemWords";
import { wordsOf } from "../words";
import { ConfirmationSection } from "./ConfirmationSection";
import { DefaultProperties } from "./DefaultProperties";
import type { OptionProps } from "./optionProps";
import { suggestions } from "./suggestions";

export function SettingsTab() {
  const { t } = useTranslation("forms");
  const { editing, problems } = useBuilding();
  const { options } = editing.draft;
  const set = (change: Partial<FormOptions>, what?: string) =>
    editing.change((now) => ({ ...now, options: { ...now.options, ...change } }), what);
  const fault = (option: string) => {
    const said = problems.under(null, `options.${option}`).map((each) => problemWords(each, t));
    return said.length > 0 ? [...new Set(said)].join(" ") : undefined;
  };
  const props = { options, set, fault };
  return (
    <div className={builder.one}>
      <Texts {...props} />
      <After {...props} />
      <Closing {...props} />
      <ConfirmationSection {...props} />
      <DefaultProperties />
      <Protection {...props} />
    </div>
  );
}

function Texts({ options, set, fault }: OptionProps) {
  const { t } = useTranslation("forms");
  return (
    <Section title={t("settings.texts")}>
      <Select
        label={t("settings.language")}
        description={t("settings.languageText")}
        maw={300}
        allowDeselect={false}
        data={[
          { value: "en", label: "English" },
          { value: "sv", label: "Svenska" },
        ]}
        value={options.language}
        onChange={(language) => language && set({ language: language as FormOptions["language"] })}
      />
      <Textarea
        label={t("settings.intro")}
        description={t("settings.introText")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5000}
        value={options.intro}
        onChange={(event) => set({ intro: event.currentTarget.value }, "intro")}
        error={fault("intro")}
      />
      <TextInput
        label={t("settings.button")}
        maw={300}
        maxLength={100}
        placeholder={wordsOf[options.language].send}
        value={options.submit_label}
        onChange={(event) => set({ submit_label: event.currentTarget.value }, "submit_label")}
        error={fault("submit_label")}
      />
    </Section>
  );
}

function After({ options, set, fault }: OptionProps) {
  const { t } = useTranslation("forms");
  return (
    <Section title={t("settings.after")} text={t("settings.afterText")}>
      <SegmentedControl
        style={{ alignSelf: "flex-start" }}
        aria-label={t("settings.after")}
        value={options.after}
        onChange={(after) => set({ after: after as FormOptions["after"] })}
        data={(["message", "redirect"] as const).map((each) => ({
          value: each,
          label: t(`settings.${each}`),
        }))}
      />
      {options.after === "message" ? (
        <Textarea
          label={t("settings.thanks")}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5000}
          placeholder={suggestions[options.language].thanks}
          value={options.thanks}
          onChange={(event) => set({ thanks: event.currentTarget.value }, "thanks")}
          error={fault("thanks")}
        />
      ) : (
        <TextInput
          label={t("settings.redirectUrl")}
          placeholder="https://shop.example/thanks"
          inputMode="url"
          maxLength={2000}
          value={options.redirect_url}
          onChange={(event) => set({ redirect_url: event.currentTarget.value }, "redirect_url")}
          error={fault("redirect_url")}
        />
      )}
    </Section>
  );
}

function Closing({ options, set, fault }: OptionProps) {
  const { t } = useTranslation("forms");
  return (
    <Section title={t("settings.closing")} text={t("settings.closingText")}>
      <Switch
        label={t("settings.closed")}
        checked={options.closed}
        onChange={(event) => set({ closed: event.currentTarget.checked })}
      />
      <TextInput
        type="datetime-local"
        label={t("settings.closesAt")}
        description={t("settings.closesAtText")}
        maw={300}
        value={localMoment(options.closes_at)}
        onChange={(event) => set({ closes_at: utcMoment(event.currentTarget.value) }, "closes_at")}
        error={fault("closes_at")}
      />
      <Textarea
        label={t("settings.closedText")}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={5000}
        placeholder={suggestions[options.language].closed}
        value={options.closed_text}
        onChange={(event) => set({ closed_text: event.currentTarget.value }, "closed_text")}
        error={fault("closed_text")}
      />
    </Section>
  );
}

function Protection({ options, set, fault }: OptionProps) {
  const { t } = useTranslation("forms");
  const provider = useQuery(deskSettingsQuery()).data?.captcha?.provider;
  return (
    <Section title={t("settings.protection")} text={t("settings.protectionText")}>
      <Stack gap="md">
        <TagsInput
          label={t("settings.origins")}
          description={t("settings.originsText")}
          placeholder={options.origins.length === 0 ? t("settings.anySite") : undefined}
          splitChars={[",", " "]}
          value={options.origins}
          onChange={(origins) => set({ origins }, "origins")}
          error={fault("origins")}
        />
        <Switch
          label={t("settings.captcha")}
          description={provider ? t(`settings.captchaBy.${provider}`) : t("settings.noCaptcha")}
          disabled={!provider && !options.captcha}
          checked={options.captcha}
          onChange={(event) => set({ captcha: event.currentTarget.checked })}
        />
      </Stack>
    </Section>
  );
}
