// Which form a channel carries, and which address answers it (FRM-9).
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Form, formQuery } from "@/api/forms";
import { useMay } from "@/api/roles";
import type { Channel } from "@/api/types";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { FaultAlert } from "../../../ui/FaultAlert";
import { fieldErrors } from "../../../ui/fieldErrors";
import { SaveButton } from "../../../ui/SaveButton";
import { Section } from "../../../ui/Section";
import { useSectionForm } from "../../edit/useSectionForm";
import { useChangeChannel } from "../../useChangeChannel";
import { AnswerField } from "./AnswerField";
import { FormWays } from "./FormWays";
import { formSettings } from "./settings";
import { submissionsOf } from "./ways";

export function FormSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("formchannel");
  const may = useMay("manage_forms");
  const stored = formSettings(channel);
  const form = useQuery({ ...formQuery(stored.form), enabled: may, refetchOnMount: "always" });
  const section = useSectionForm({ answer_by: stored.answer_by });
  const change = useChangeChannel(channel.id);
  const errors = fieldErrors(change.error, ["answer_by"], t);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (section.dirty) change.mutate({ settings: section.value }, { onSuccess: section.settle });
      }}
    >
      <Section
        title={t("section.title")}
        text={t("section.text")}
        foot={
          form.data?.answerable && (
            <SaveButton
              dirty={section.dirty}
              saving={change.isPending}
              savedAt={change.isSuccess ? change.submittedAt : 0}
            />
          )
        }
      >
        {!may && <Note>{t("section.mayNot")}</Note>}
        <FaultAlert text={form.error ? explain(form.error, t) : errors.above} />
        {form.data && (
          <>
            <FormWays form={form.data} />
            <Earlier form={form.data} />
            <AnswerField
              form={form.data}
              value={section.value.answer_by}
              onChange={(answer_by) => section.set({ answer_by })}
              error={errors.at.answer_by}
            />
          </>
        )}
      </Section>
    </form>
  );
}

function Earlier({ form }: { form: Form }) {
  const { t } = useTranslation(["formchannel", "settings"]);
  const { slug } = useParams({ from: "/a/$slug" });
  if (form.waiting_to_hand_in === 0) return null;
  return (
    <Note>
      {t(form.handing_in ? "earlier.running" : "earlier.left", { count: form.waiting_to_hand_in })}{" "}
      <Link to={submissionsOf(slug, form.id)}>{t("settings:kinds.form.submissions")}</Link>
    </Note>
  );
}
