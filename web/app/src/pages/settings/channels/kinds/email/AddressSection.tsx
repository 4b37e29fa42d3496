// The name of a mail channel and its address.
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../../ui/FaultAlert";
import { fieldErrors } from "../../../ui/fieldErrors";
import { SaveButton } from "../../../ui/SaveButton";
import { Section } from "../../../ui/Section";
import { useSectionForm } from "../../edit/useSectionForm";
import { useChangeChannel } from "../../useChangeChannel";
import { AddressFields } from "./AddressFields";
import { addressFields, addressFormOf } from "./emailForm";
import { emailSettings } from "./settings";

export function AddressSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const form = useSectionForm(addressFormOf(channel));
  const change = useChangeChannel(channel.id);
  const errors = fieldErrors(change.error, addressFields, t);
  const moved = form.value.address.trim() !== emailSettings(channel).address;
  const save = () =>
    change.mutate(
      { name: form.value.name.trim(), ...(moved && { settings: { address: form.value.address.trim() } }) },
      { onSuccess: form.settle },
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
        title={t("address.title")}
        foot={
          <SaveButton
            dirty={form.dirty}
            saving={change.isPending}
            savedAt={change.isSuccess ? change.submittedAt : 0}
          />
        }
      >
        <FaultAlert text={errors.above} />
        <AddressFields
          value={form.value}
          onChange={form.set}
          errors={errors.at}
          addressHelp={t(moved ? "address.moving" : "address.addressHelp")}
        />
      </Section>
    </form>
  );
}
