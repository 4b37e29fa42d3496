// The contact's name: a heading until it is clicked, then a field. Enter or leaving keeps it, Escape does not.
import { TextInput, UnstyledButton } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { Contact } from "@/api/types";
import { explain } from "@/kit/explain";
import { useEditing } from "@/kit/useEditing";
import classes from "./ContactPage.module.css";
import { nameOf } from "./name";
import { useChangeContact } from "./useChangeContact";

const longest = 300;

export function NameField({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contact");
  const { can } = useMe();
  const { editing, edit, done, pressed } = useEditing();
  if (editing) return <Editor contact={contact} onDone={done} />;
  return (
    <div className={classes.nameLine}>
      <h1 className={classes.name}>{nameOf(contact)}</h1>
      {can.answer && (
        <UnstyledButton
          ref={pressed}
          className={classes.rename}
          aria-label={t("rename")}
          title={t("rename")}
          onClick={edit}
        >
          <IconPencil size={16} stroke={1.7} aria-hidden="true" />
        </UnstyledButton>
      )}
    </div>
  );
}

function Editor({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const { t } = useTranslation("contact");
  const [name, setName] = useState(contact.name);
  const change = useChangeContact(contact.id);
  const keep = () => {
    const given = name.trim();
    if (!given || given === contact.name) onDone();
    else if (!change.isPending) change.mutate({ name: given }, { onSuccess: onDone });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") keep();
    if (event.key === "Escape") onDone();
  };
  return (
    <div className={classes.nameLine}>
      <h1 className="k-hidden">{nameOf(contact)}</h1>
      <TextInput
        className={classes.nameInput}
        aria-label={t("name")}
        value={name}
        maxLength={longest}
        autoFocus
        disabled={change.isPending}
        error={change.error ? explain(change.error, t) : undefined}
        onChange={(event) => {
          setName(event.currentTarget.value);
          if (change.isError) change.reset();
        }}
        onBlur={() => !change.isError && keep()}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
