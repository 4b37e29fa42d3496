// The wizard of a mail channel that exists: going over the first steps again, then forwarding, routing, the way out.
import { useState } from "react";
import { useMe } from "@/api/desk";
import type { Channel } from "@/api/types";
import { useChangeChannel } from "../../useChangeChannel";
import { LazyRoutingOfChannel } from "../../wizard/lazy";
import type { GoOnProps } from "../KindScreens";
import { addressFormOf, detailsFormOf, detailsSettings } from "./emailForm";
import { FirstSteps } from "./FirstSteps";
import { ForwardingStep } from "./ForwardingStep";
import { OutgoingStep } from "./OutgoingStep";
import { plan } from "./wizard";

export function GoOnEmail({ channel, step, goTo }: GoOnProps) {
  if (step === "routing")
    return (
      <LazyRoutingOfChannel
        plan={plan}
        channel={channel}
        onBack={() => goTo("forwarding")}
        onDone={() => goTo("outgoing")}
      />
    );
  if (step === "outgoing") return <OutgoingStep channel={channel} goTo={goTo} />;
  if (step === "address" || step === "details")
    return <FirstStepsAgain channel={channel} step={step} goTo={goTo} />;
  return <ForwardingStep channel={channel} goTo={goTo} />;
}

interface AgainProps {
  channel: Channel;
  step: "address" | "details";
  goTo: (step: string) => void;
}

function FirstStepsAgain({ channel, step, goTo }: AgainProps) {
  const me = useMe();
  const [address, setAddress] = useState(() => addressFormOf(channel));
  const [details, setDetails] = useState(() => detailsFormOf(channel, me.account.name));
  const change = useChangeChannel(channel.id);
  const save = () =>
    change.mutate(
      {
        name: address.name.trim(),
        settings: { address: address.address.trim(), ...detailsSettings(details) },
      },
      { onSuccess: () => goTo("forwarding") },
    );
  return (
    <FirstSteps
      step={step}
      goTo={goTo}
      channel={channel}
      address={address}
      onAddress={setAddress}
      details={details}
      onDetails={setDetails}
      busy={change.isPending}
      error={change.error}
      onDone={save}
    />
  );
}
