// Who gets the reply: To, and on demand Cc and Bcc; people who are new here are asked about one by one.
import { Checkbox, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReplyOptions } from "@/api/types";
import { AddressField } from "./AddressField";
import classes from "./Recipients.module.css";

export interface RecipientsValue {
  to: string[];
  cc: string[];
  bcc: string[];
  newPeople: string[];
}

export const emptyRecipients: RecipientsValue = { to: [], cc: [], bcc: [], newPeople: [] };

interface Props {
  reply: ReplyOptions;
  /** What the ticket came by carries no answers: by which address this one leaves is said. */
  carried: boolean;
  value: RecipientsValue;
  onChange: (value: RecipientsValue) => void;
}

export function Recipients({ reply, carried, value, onChange }: Props) {
  const { t } = useTranslation("composer");
  const [open, setOpen] = useState(value.cc.length > 0 || value.bcc.length > 0);
  const set = (field: "to" | "cc" | "bcc") => (addresses: string[]) =>
    onChange({ ...value, [field]: addresses });
  return (
    <div className={classes.recipients}>
      {carried && reply.from && (
        <div className={classes.from} title={t("carried")}>
          <span className={classes.label}>{t("field.from")}</span>
          <span>{reply.from.name ? `${reply.from.name} <${reply.from.address}>` : reply.from.address}</span>
        </div>
      )}
      <div className={classes.first}>
        <AddressField label={t("field.to")} value={value.to} onChange={set("to")} />
        {!open && (
          <UnstyledButton className={classes.more} onClick={() => setOpen(true)}>
            {t("field.ccBcc")}
          </UnstyledButton>
        )}
      </div>
      {open && (
        <>
          <AddressField label={t("field.cc")} value={value.cc} onChange={set("cc")} />
          <AddressField label={t("field.bcc")} value={value.bcc} onChange={set("bcc")} />
        </>
      )}
      {reply.new_people.map((address) => (
        <Checkbox
          key={address}
          size="xs"
          className={classes.newPerson}
          label={t("newPerson", { address })}
          checked={value.newPeople.includes(address)}
          onChange={(event) =>
            onChange({ ...value, newPeople: toggled(value.newPeople, address, event.target.checked) })
          }
        />
      ))}
    </div>
  );
}

const toggled = (list: string[], one: string, on: boolean) =>
  on ? [...list, one] : list.filter((other) => other !== one);
