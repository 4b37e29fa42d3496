// The first two steps for a channel that is not there yet: address, then what recipients see. Then it is created, so
// that it has an address to forward to.
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useMe } from "@/api/desk";
import { useConnect } from "../../wizard/useConnect";
import type { ConnectProps } from "../KindScreens";
import { addressFormOf, detailsFormOf, detailsSettings } from "./emailForm";
import { FirstSteps } from "./FirstSteps";

export function ConnectEmail({ kind, method, step }: ConnectProps) {
  const { slug } = useParams({ from: "/a/$slug" });
  const me = useMe();
  const navigate = useNavigate();
  const [address, setAddress] = useState(() => addressFormOf());
  const [details, setDetails] = useState(() => detailsFormOf(undefined, me.account.name));
  const create = useConnect();
  const connect = () =>
    create.mutate(
      {
        kind: kind.kind,
        name: address.name.trim(),
        settings: { method: method.key, address: address.address.trim(), ...detailsSettings(details) },
      },
      {
        onSuccess: (channel) =>
          navigate({
            to: "/a/$slug/settings/channels/$channelId/connect",
            params: { slug, channelId: channel.id },
            search: { step: "forwarding" },
            replace: true,
          }),
      },
    );
  const goTo = (next: "address" | "details") =>
    navigate({
      to: "/a/$slug/settings/channels/new/$kind/$method",
      params: { slug, kind: kind.kind, method: method.key },
      search: { step: next },
      replace: true,
    });
  return (
    <FirstSteps
      // Whoever reloads the second step has typed no address any more.
      step={step === "details" && address.address ? "details" : "address"}
      goTo={goTo}
      address={address}
      onAddress={setAddress}
      details={details}
      onDetails={setDetails}
      busy={create.isPending}
      error={create.error}
      onDone={connect}
    />
  );
}
