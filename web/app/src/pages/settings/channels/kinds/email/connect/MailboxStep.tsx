// What is fetched from the mailbox that one has just signed in to.
import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Checked } from "@/api/channels";
import { fieldErrors } from "../../../../ui/fieldErrors";
import { WizardFrame, type WizardPlan } from "../../../wizard/WizardFrame";
import { FolderFields, HistoryFields } from "../fetching/FetchingFields";
import { type FetchingForm, fetchingFields } from "../fetching/fetching";
import classes from "./Connect.module.css";

interface Props {
  plan: WizardPlan;
  checked: Checked;
  form: FetchingForm;
  onChange: (form: FetchingForm) => void;
  refused: unknown;
  onBack: () => void;
  onNext: () => void;
  onLeave: () => void;
}

export function MailboxStep({ plan, checked, form, onChange, refused, onBack, onNext, onLeave }: Props) {
  const { t } = useTranslation(["email", "settings"]);
  const [tried, setTried] = useState(false);
  const missing: Record<string, string> = {
    ...(form.folders.length === 0 && { "imap.folders": t("folders.needed") }),
    ...(form.history_from === "" && { "imap.history_from": t("settings:said.needed") }),
  };
  const errors = { ...fieldErrors(refused, fetchingFields, t).at, ...(tried && missing) };
  const next = () => {
    setTried(true);
    if (Object.keys(missing).length === 0) onNext();
  };
  const fields = { value: form, onChange, folders: checked.folders, errors };
  return (
    <WizardFrame
      plan={plan}
      step="mailbox"
      onSubmit={next}
      onLeave={onLeave}
      buttons={
        <>
          <Button variant="default" onClick={onBack}>
            {t("common:back")}
          </Button>
          <Button type="submit">{t("settings:wizard.next")}</Button>
        </>
      }
    >
      <Said said={checked.said} />
      <FolderFields {...fields} />
      <HistoryFields {...fields} />
    </WizardFrame>
  );
}

/** That one was let in, and what the servers said to it. */
export function Said({ said }: { said: Record<string, string> }) {
  const { t } = useTranslation("email");
  return (
    <p className={classes.said} role="status">
      {Object.entries(said).map(([part, words]) => (
        <span key={part} title={words}>
          <IconCircleCheck size={17} stroke={1.8} aria-hidden="true" />
          {t(`said.${part}`, { defaultValue: words })}
        </span>
      ))}
    </p>
  );
}
