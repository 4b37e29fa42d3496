// My name and language.
import { Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { sessionQuery, updateUser, useSession } from "@/api/session";
import { changeLocale, type Locale } from "@/i18n";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { SaveButton } from "../ui/SaveButton";
import { Section } from "../ui/Section";

export function AboutMe() {
  const { t } = useTranslation("settings");
  const { user } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState(user.name);
  const [locale, setLocale] = useState<Locale>(user.locale);
  const save = useMutation({
    mutationFn: updateUser,
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery.queryKey, session);
      queryClient.invalidateQueries({ queryKey: accountKey("me") });
      queryClient.invalidateQueries({ queryKey: accountKey("members") });
      return changeLocale(session.user.locale);
    },
  });
  const errors = fieldErrors(save.error, ["name"], t);
  const dirty = name.trim() !== user.name || locale !== user.locale;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (dirty) save.mutate({ name: name.trim(), locale });
  };
  return (
    <form onSubmit={submit}>
      <Section
        title={t("profile.about")}
        foot={
          <SaveButton dirty={dirty} saving={save.isPending} savedAt={save.isSuccess ? save.submittedAt : 0} />
        }
      >
        <FaultAlert text={errors.above} />
        <TextInput
          label={t("profile.name")}
          description={t("profile.nameHelp")}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={200}
          maw={420}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errors.at.name}
        />
        <TextInput label={t("profile.email")} value={user.email} readOnly variant="filled" maw={420} />
        <Select
          label={t("profile.language")}
          maw={420}
          allowDeselect={false}
          checkIconPosition="right"
          data={[
            { value: "en", label: "English" },
            { value: "sv", label: "Svenska" },
          ]}
          value={locale}
          onChange={(value) => setLocale(value as Locale)}
        />
      </Section>
    </form>
  );
}
