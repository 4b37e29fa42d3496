// Step three: the mail host forwards here, and the first mail proves it.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { WizardFrame } from "../../wizard/WizardFrame";
import { ForwardingPanel } from "./ForwardingPanel";
import { plan } from "./wizard";

export function ForwardingStep({ channel, goTo }: { channel: Channel; goTo: (step: string) => void }) {
  const { t } = useTranslation("settings");
  return (
    <WizardFrame
      plan={plan}
      step="forwarding"
      channel={channel}
      onSubmit={() => goTo("routing")}
      buttons={
        <>
          <Button variant="default" onClick={() => goTo("details")}>
            {t("common:back")}
          </Button>
          <Button type="submit">{t(channel.first_mail_at ? "wizard.next" : "wizard.goOnWaiting")}</Button>
        </>
      }
    >
      <ForwardingPanel channel={channel} />
    </WizardFrame>
  );
}
