// The way out of one channel.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { toastError } from "@/kit/toast";
import { SaveButton } from "../../../ui/SaveButton";
import { Section } from "../../../ui/Section";
import { OutgoingForm, TestMail } from "./OutgoingForm";
import { useOutgoing } from "./useOutgoing";

export function OutgoingSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const me = useMe();
  const outgoing = useOutgoing(channel);
  const { save, dirty, form, stored } = outgoing;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // What goes wrong is shown at the fields.
        if (dirty) outgoing.store().catch(() => undefined);
      }}
    >
      <Section
        title={t("smtp.title")}
        text={t("smtp.text")}
        foot={
          <>
            <SaveButton
              dirty={dirty && form.host.trim() !== ""}
              saving={save.isPending}
              savedAt={save.isSuccess ? save.submittedAt : 0}
            />
            {stored && (
              <Button variant="subtle" color="red" onClick={() => outgoing.remove().catch(toastError)}>
                {t("smtp.remove")}
              </Button>
            )}
          </>
        }
      >
        {!stored && <Note>{t(me.outgoing_mail_ready ? "smtp.installation" : "smtp.withoutOne")}</Note>}
        <OutgoingForm channel={channel} outgoing={outgoing} />
        <TestMail outgoing={outgoing} mayUseDefault={me.outgoing_mail_ready} />
      </Section>
    </form>
  );
}
