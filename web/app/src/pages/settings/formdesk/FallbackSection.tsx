// "Answers to forms leave by …": for the forms that choose no address of their own.
import { Anchor } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DeskSettings } from "@/api/deskSettings";
import { Note } from "@/kit/Note";
import { AnswerSelect } from "../channels/answering/AnswerSelect";
import { useAnswering } from "../channels/answering/useAnswering";
import { useSectionForm } from "../channels/edit/useSectionForm";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { SaveButton } from "../ui/SaveButton";
import { Section } from "../ui/Section";
import { useChangeDesk } from "./useChangeDesk";

export function FallbackSection({ desk, may }: { desk: DeskSettings; may: boolean }) {
  const { t } = useTranslation("formdesk");
  const { slug } = useParams({ from: "/a/$slug" });
  const answering = useAnswering();
  const form = useSectionForm({ fallback_channel: desk.fallback_channel ?? "" });
  const change = useChangeDesk();
  const errors = fieldErrors(change.error, ["fallback_channel"], t);
  const nobody = answering.known && answering.among.length === 0;
  const save = () =>
    change.mutate(
      { fallback_channel: form.value.fallback_channel || null },
      { onSuccess: () => form.settle() },
    );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty) save();
      }}
    >
      <Section
        title={t("fallback.title")}
        text={t("fallback.text")}
        foot={
          may &&
          !nobody && (
            <SaveButton
              dirty={form.dirty}
              saving={change.isPending}
              savedAt={change.isSuccess ? change.submittedAt : 0}
            />
          )
        }
      >
        <FaultAlert text={errors.above} />
        {nobody ? (
          <Note tone="warn">
            {t("fallback.nobody")}{" "}
            <Anchor component={Link} to={`/a/${slug}/settings/channels/new/email`} fz="inherit">
              {t("fallback.connect")}
            </Anchor>
          </Note>
        ) : (
          <AnswerSelect
            label={t("fallback.label")}
            // Nobody chose: the oldest that can.
            answering={{ ...answering, deskChoice: answering.oldest }}
            value={form.value.fallback_channel}
            onChange={(fallback_channel) => form.set({ fallback_channel })}
            error={errors.at.fallback_channel}
            disabled={!may}
            unchosen="oldest"
          />
        )}
      </Section>
    </form>
  );
}
