// Step five: the server by which answers leave, tried before one trusts it; it can be left for later.
import { Button } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import { WizardFrame } from "../../wizard/WizardFrame";
import { OutgoingForm, TestMail } from "./OutgoingForm";
import { useOutgoing } from "./useOutgoing";
import { plan } from "./wizard";

export function OutgoingStep({ channel, goTo }: { channel: Channel; goTo: (step: string) => void }) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const me = useMe();
  const outgoing = useOutgoing(channel);
  const typed = outgoing.form.host.trim() !== "";
  const leave = () => {
    toast(t("wizard.done", { name: channel.name }));
    navigate({ to: "/a/$slug/settings/channels", params: { slug } });
  };
  const finish = async () => {
    try {
      if (typed && outgoing.dirty) await outgoing.store();
      leave();
    } catch {
      // The form shows what the server had against it.
    }
  };
  return (
    <WizardFrame
      plan={plan}
      step="outgoing"
      channel={channel}
      onSubmit={finish}
      buttons={
        <>
          <Button variant="default" onClick={() => goTo("routing")}>
            {t("common:back")}
          </Button>
          <Button type="submit" loading={outgoing.save.isPending}>
            {t(typed ? "wizard.finish" : "wizard.skip")}
          </Button>
        </>
      }
    >
      {!typed && <Note>{t(me.outgoing_mail_ready ? "smtp.installation" : "smtp.withoutOne")}</Note>}
      <OutgoingForm channel={channel} outgoing={outgoing} />
      <TestMail outgoing={outgoing} mayUseDefault={me.outgoing_mail_ready} />
    </WizardFrame>
  );
}
