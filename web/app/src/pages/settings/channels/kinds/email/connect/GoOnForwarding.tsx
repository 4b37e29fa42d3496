// The wizard of a forwarded address once its channel is there: have the mail forwarded and proved, then what recipients
// see and who gets the tickets. One may leave and go on later, or take everything back.
import { Button } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { Channel } from "@/api/types";
import { toast } from "@/kit/toast";
import { useChangeChannel } from "../../../useChangeChannel";
import { LazyRoutingOfChannel } from "../../../wizard/lazy";
import { WizardFrame } from "../../../wizard/WizardFrame";
import type { GoOnProps } from "../../KindScreens";
import { DetailsStep } from "../details/DetailsStep";
import { detailsFormOf, detailsSettings } from "../emailForm";
import { ForwardingPanel } from "../forwarding/ForwardingPanel";
import { emailSettings } from "../settings";
import { forwardingPlan } from "./steps";

export function GoOnForwarding({ channel, step, goTo }: GoOnProps) {
  const { t } = useTranslation("email");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const finish = () => {
    toast(t("settings:wizard.done", { name: channel.name }));
    navigate({ to: "/a/$slug/settings/channels/$channelId", params: { slug, channelId: channel.id } });
  };
  if (step === "details") return <Details channel={channel} goTo={goTo} />;
  if (step === "routing")
    return (
      <LazyRoutingOfChannel
        plan={forwardingPlan}
        channel={channel}
        action={t("connect.finish")}
        onBack={() => goTo("details")}
        onDone={finish}
      />
    );
  return (
    <WizardFrame
      plan={forwardingPlan}
      step="forwarding"
      channel={channel}
      onSubmit={() => goTo("details")}
      buttons={
        <Button type="submit">
          {t(channel.proof === "proved" ? "settings:wizard.next" : "settings:wizard.goOnWaiting")}
        </Button>
      }
    >
      <ForwardingPanel channel={channel} />
    </WizardFrame>
  );
}

function Details({ channel, goTo }: { channel: Channel; goTo: (step: string) => void }) {
  const me = useMe();
  const [name, setName] = useState(channel.name);
  const [details, setDetails] = useState(() => detailsFormOf(channel, me.account.name));
  const change = useChangeChannel(channel.id);
  return (
    <DetailsStep
      plan={forwardingPlan}
      channel={channel}
      address={emailSettings(channel).address}
      name={name}
      onName={setName}
      details={details}
      onDetails={setDetails}
      error={change.error}
      busy={change.isPending}
      onBack={() => goTo("forwarding")}
      onNext={() =>
        change.mutate(
          { name: name.trim(), settings: detailsSettings(details) },
          { onSuccess: () => goTo("routing") },
        )
      }
    />
  );
}
