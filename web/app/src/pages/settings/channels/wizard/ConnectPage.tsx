// The wizard of a channel that exists: going over the first steps again, then forwarding, routing, the way out.
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { channelQuery } from "@/api/channels";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import type { Channel } from "@/api/types";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { addressFormOf, detailsFormOf, detailsSettings } from "../emailForm";
import { useChangeChannel } from "../useChangeChannel";
import { FirstSteps } from "./FirstSteps";
import { ForwardingStep } from "./ForwardingStep";
import { OutgoingStep } from "./OutgoingStep";
import type { Step } from "./step";

const RoutingStep = lazy(() => import("./RoutingStep").then((module) => ({ default: module.RoutingStep })));

export function ConnectPage() {
  const { channelId } = useParams({ from: "/a/$slug/settings/channels/$channelId/connect" });
  const { can } = useMe();
  const channel = useQuery(channelQuery(channelId));
  if (!can.manage_channels || channel.data?.deleted_at) return <NotFound />;
  if (channel.error instanceof Problem && channel.error.status === 404) return <NotFound />;
  if (channel.error && !channel.data) throw channel.error;
  return channel.data ? <Wizard key={channelId} channel={channel.data} /> : <PageLoading />;
}

function Wizard({ channel }: { channel: Channel }) {
  const { slug } = useParams({ from: "/a/$slug" });
  const { step = "forwarding" } = useSearch({ from: "/a/$slug/settings/channels/$channelId/connect" });
  const navigate = useNavigate();
  const goTo = (next: Step) =>
    navigate({
      to: "/a/$slug/settings/channels/$channelId/connect",
      params: { slug, channelId: channel.id },
      search: { step: next },
      replace: true,
    });
  if (step === "forwarding") return <ForwardingStep channel={channel} goTo={goTo} />;
  if (step === "routing")
    return (
      <Suspense fallback={<PageLoading />}>
        <RoutingStep channel={channel} goTo={goTo} />
      </Suspense>
    );
  if (step === "outgoing") return <OutgoingStep channel={channel} goTo={goTo} />;
  return <FirstStepsAgain channel={channel} step={step} goTo={goTo} />;
}

interface AgainProps {
  channel: Channel;
  step: "address" | "details";
  goTo: (step: Step) => void;
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
