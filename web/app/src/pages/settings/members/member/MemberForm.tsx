// A section about somebody that is saved as one: its fields, the errors at them, and the button below.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MemberChange } from "@/api/people";
import { useSectionForm } from "../../channels/edit/useSectionForm";
import { FaultAlert } from "../../ui/FaultAlert";
import { fieldErrors } from "../../ui/fieldErrors";
import { SaveButton } from "../../ui/SaveButton";
import { Section } from "../../ui/Section";
import { useChangeMember } from "./useChangeMember";

interface Shown<T> {
  value: T;
  set: (part: Partial<T>) => void;
  errors: Record<string, string>;
}

interface Props<T extends MemberChange> {
  memberId: string;
  title: string;
  text?: ReactNode;
  aside?: ReactNode;
  stored: T;
  /** Who may not change it sees it all the same. */
  mayChange: boolean;
  /** False while something is typed that cannot be. */
  sound?: (value: T) => boolean;
  /** What is sent, where it is not the value as it stands. */
  sent?: (value: T) => MemberChange;
  children: (shown: Shown<T>) => ReactNode;
}

export function MemberForm<T extends MemberChange>(props: Props<T>) {
  const { memberId, title, text, aside, stored, mayChange, sound, sent, children } = props;
  const { t } = useTranslation();
  const form = useSectionForm<T>(stored);
  const change = useChangeMember(memberId);
  const errors = fieldErrors(change.error, Object.keys(stored), t);
  const savable = form.dirty && (sound?.(form.value) ?? true);
  const save = () => change.mutate(sent?.(form.value) ?? form.value, { onSuccess: form.settle });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (savable) save();
      }}
    >
      <Section
        title={title}
        text={text}
        aside={aside}
        foot={
          mayChange && (
            <SaveButton
              dirty={savable}
              saving={change.isPending}
              savedAt={change.isSuccess ? change.submittedAt : 0}
            />
          )
        }
      >
        <FaultAlert text={errors.above} />
        {children({
          value: form.value,
          set: (part) => form.set({ ...form.value, ...part }),
          errors: errors.at,
        })}
      </Section>
    </form>
  );
}
