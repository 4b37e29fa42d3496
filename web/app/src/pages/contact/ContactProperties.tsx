// Whose customer this is, and what the account notes about them.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { peopleQuery } from "@/api/people";
import type { Contact } from "@/api/types";
import { PersonFace, SpokenStanding } from "@/kit/PersonFace";
import { Picker } from "@/kit/Picker";
import { PropertyLines, useAsked } from "@/kit/properties/PropertyLines";
import { toastError } from "@/kit/toast";
import classes from "./PanelParts.module.css";
import { useChangeContact } from "./useChangeContact";

export function ContactProperties({ contact }: { contact: Contact }) {
  const { t } = useTranslation("ticket");
  const { can } = useMe();
  const asked = useAsked("contact");
  const change = useChangeContact(contact.id);
  return (
    <section>
      <h3 className={classes.heading}>{t("panel.owner")}</h3>
      <OwnerPicker
        contact={contact}
        disabled={!can.answer}
        onPick={(owner) => change.mutate({ owner }, { onError: toastError })}
      />
      {asked.length > 0 && (
        <div className={classes.contactLines}>
          <h3 className={classes.heading}>{t("panel.contactProperties")}</h3>
          <PropertyLines
            object="contact"
            values={contact.custom}
            readOnly={!can.answer}
            onSave={(key, value) => change.mutateAsync({ custom: { [key]: value } })}
          />
        </div>
      )}
    </section>
  );
}

const nobody = "";

interface OwnerProps {
  contact: Contact;
  disabled: boolean;
  onPick: (owner: string | null) => void;
}

function OwnerPicker({ contact, disabled, onPick }: OwnerProps) {
  const { t, i18n } = useTranslation("ticket");
  const members = useQuery(peopleQuery()).data?.items ?? [];
  const people = members
    .filter((member) => member.active && member.joined_at !== null)
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  const { owner } = contact;
  return (
    <Picker
      label={t("panel.owner")}
      disabled={disabled}
      value={owner?.id ?? nobody}
      fallback={
        owner
          ? {
              value: owner.id,
              label: owner.name,
              icon: <PersonFace person={owner} size={18} spoken={false} />,
            }
          : undefined
      }
      width={240}
      choices={[
        { value: nobody, label: t("common:nobody") },
        ...people.map((member) => ({
          value: member.id,
          label: member.name,
          icon: <PersonFace person={member} size={18} spoken={false} />,
          note: <SpokenStanding person={member} />,
        })),
      ]}
      onChange={(picked) => onPick(picked || null)}
    />
  );
}
