// From which age on tickets do not count against anybody's limit; for the whole desk.
import { NumberInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { changeDeskSettings, type DeskSettings, deskSettingsQuery } from "@/api/deskSettings";
import { offerUndo } from "@/kit/offerUndo";
import { toastError } from "@/kit/toast";
import { useSectionForm } from "../channels/edit/useSectionForm";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { SaveButton } from "../ui/SaveButton";
import { Section } from "../ui/Section";

export function OldTickets({ may }: { may: boolean }) {
  const stored = useQuery(deskSettingsQuery()).data;
  return stored ? <AgeForm stored={ageOf(stored)} may={may} /> : null;
}

type Age = Pick<DeskSettings, "capacity_max_age_days">;

const ageOf = ({ capacity_max_age_days }: DeskSettings): Age => ({ capacity_max_age_days });

function AgeForm({ stored, may }: { stored: Age; may: boolean }) {
  const { t } = useTranslation("pipelines");
  const form = useSectionForm(stored);
  const { change, save } = useSave(stored);
  const errors = fieldErrors(change.error, ["capacity_max_age_days"], t);
  return (
    <form
      noValidate
      style={{ marginTop: 24 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty) save(form.value, form.settle);
      }}
    >
      <Section
        title={t("old.title")}
        text={t("old.text")}
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
        <NumberInput
          w={220}
          label={t("old.days")}
          placeholder={t("old.all")}
          allowDecimal={false}
          allowNegative={false}
          disabled={!may}
          value={form.value.capacity_max_age_days ?? ""}
          error={errors.at.capacity_max_age_days}
          onChange={(days) => form.set({ capacity_max_age_days: days === "" ? null : Number(days) })}
        />
      </Section>
    </form>
  );
}

function useSave(stored: Age) {
  const { t } = useTranslation("pipelines");
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: changeDeskSettings,
    onSuccess: (now) => queryClient.setQueryData(deskSettingsQuery().queryKey, now),
  });
  const save = (wanted: Age, settle: () => void) =>
    change.mutate(wanted, {
      onSuccess: () => {
        settle();
        offerUndo(t("old.saved"), () => change.mutate(stored, { onError: toastError }));
      },
    });
  return { change, save };
}
