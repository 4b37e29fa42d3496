// The service that tells people from programs, for the forms that ask for it.
import { PasswordInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeskSettings } from "@/api/deskSettings";
import { passwordToggle } from "@/pages/signin/passwordToggle";
import { useSectionForm } from "../channels/edit/useSectionForm";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { SaveButton } from "../ui/SaveButton";
import { Section } from "../ui/Section";
import { captchaForm, captchaSent, providers } from "./captcha";
import { useChangeDesk } from "./useChangeDesk";

export function CaptchaSection({ desk, may }: { desk: DeskSettings; may: boolean }) {
  const { t } = useTranslation("formdesk");
  const form = useSectionForm(captchaForm(desk));
  const { provider, site_key, secret } = form.value;
  const change = useChangeDesk();
  const errors = fieldErrors(change.error, ["provider", "site_key", "secret"], t);
  const isStored = desk.captcha?.provider === provider && desk.captcha.has_secret;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty)
          change.mutate({ captcha: captchaSent(form.value) }, { onSuccess: () => form.settle() });
      }}
    >
      <Section
        title={t("captcha.title")}
        text={t("captcha.text")}
        foot={
          may && (
            <SaveButton
              dirty={form.dirty}
              saving={change.isPending}
              savedAt={change.isSuccess ? change.submittedAt : 0}
            />
          )
        }
      >
        <FaultAlert text={errors.above} />
        <Select
          label={t("captcha.provider")}
          allowDeselect={false}
          checkIconPosition="right"
          disabled={!may}
          maw={460}
          data={["none" as const, ...providers].map((value) => ({ value, label: t(`captcha.${value}`) }))}
          value={provider}
          onChange={(chosen) =>
            form.set({ ...form.value, provider: (chosen ?? "none") as typeof provider, secret: "" })
          }
          error={errors.at.provider}
        />
        {provider !== "none" && (
          <>
            <TextInput
              label={t("captcha.siteKey")}
              description={t("captcha.siteKeyHelp")}
              autoComplete="off"
              disabled={!may}
              maw={460}
              value={site_key}
              onChange={(event) => form.set({ ...form.value, site_key: event.currentTarget.value })}
              error={errors.at.site_key}
            />
            <PasswordInput
              label={t("captcha.secret")}
              description={t("captcha.secretHelp")}
              autoComplete="new-password"
              visibilityToggleButtonProps={passwordToggle(t)}
              disabled={!may}
              maw={460}
              placeholder={isStored ? t("captcha.stored") : undefined}
              value={secret}
              onChange={(event) => form.set({ ...form.value, secret: event.currentTarget.value })}
              error={errors.at.secret}
            />
          </>
        )}
      </Section>
    </form>
  );
}
