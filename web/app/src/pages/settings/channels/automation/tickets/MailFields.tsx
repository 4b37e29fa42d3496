// A mail that a rule sends: to whom, about what, with which words.
import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Action } from "@/api/automations";
import { TokenTextarea } from "../tokens/TokenTextarea";
import type { Names } from "../useNames";
import { isAddress } from "./draft";
import classes from "./RuleDrawer.module.css";

type Mail = Extract<Action, { do: "mail" }>;

interface Props {
  mail: Mail;
  onChange: (mail: Mail) => void;
  names: Names;
  faultAt: (field: string) => string | undefined;
}

const tokens = ["ticket.number", "ticket.subject", "contact.first_name", "contact.name", "assignee.name"];
const another = "address";

export function MailFields({ mail, onChange, names, faultAt }: Props) {
  const { t } = useTranslation("automation");
  const set = (some: Partial<Mail>) => onChange({ ...mail, ...some });
  const typed = isAddress(mail.to);
  const inConversation = typed || mail.to === "contact";
  const members = names.members.filter((one) => one.active || one.id === mail.to);
  return (
    <div className={classes.mail}>
      <Select
        label={t("action.to")}
        data={[
          { value: "contact", label: t("action.toContact") },
          { value: "assignee", label: t("action.toAssignee") },
          { value: another, label: t("action.toAddress") },
          ...members.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={typed ? another : mail.to}
        searchable
        allowDeselect={false}
        onChange={(to) => to && set({ to: to === another ? "" : to })}
        error={typed ? undefined : faultAt("to")}
      />
      {typed && (
        <TextInput
          label={t("action.address")}
          type="email"
          value={mail.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
          error={faultAt("to")}
        />
      )}
      <TextInput
        label={t("action.subject")}
        placeholder={t("action.subjectPlaceholder")}
        value={mail.subject ?? ""}
        onChange={(event) => set({ subject: event.currentTarget.value })}
        error={faultAt("subject")}
      />
      <TokenTextarea
        label={t("action.text")}
        tokens={tokens}
        value={mail.text}
        onChange={(text) => set({ text })}
        error={faultAt("text")}
      />
      <p className={classes.small}>{t(inConversation ? "action.contactNote" : "action.memberNote")}</p>
    </div>
  );
}
