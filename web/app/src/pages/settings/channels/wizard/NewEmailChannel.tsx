// The first two steps for a channel that is not there yet: address, then what recipients see. Then it is created, so
// that it has an address to forward to.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { channelQuery, channelsQuery, createChannel } from "@/api/channels";
import { useMe } from "@/api/desk";
import { NotFound } from "@/shell/NotFound";
import { addressFormOf, detailsFormOf, detailsSettings } from "../emailForm";
import { FirstSteps } from "./FirstSteps";
import { wizards } from "./wizards";

export function NewChannelPage() {
  const { kind, method } = useParams({ from: "/a/$slug/settings/channels/new/$kind/$method" });
  const { can } = useMe();
  if (!can.manage_channels || !wizards[kind]?.includes(method)) return <NotFound />;
  return <NewEmailChannel />;
}

function NewEmailChannel() {
  const { slug } = useParams({ from: "/a/$slug" });
  const { step = "address" } = useSearch({ from: "/a/$slug/settings/channels/new/$kind/$method" });
  const me = useMe();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [address, setAddress] = useState(() => addressFormOf());
  const [details, setDetails] = useState(() => detailsFormOf(undefined, me.account.name));
  const create = useMutation({
    mutationFn: () =>
      createChannel({
        kind: "email",
        name: address.name.trim(),
        settings: { method: "forwarding", address: address.address.trim(), ...detailsSettings(details) },
      }),
    onSuccess: (channel) => {
      queryClient.setQueryData(channelQuery(channel.id).queryKey, channel);
      queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey });
      navigate({
        to: "/a/$slug/settings/channels/$channelId/connect",
        params: { slug, channelId: channel.id },
        search: { step: "forwarding" },
        replace: true,
      });
    },
  });
  const goTo = (next: "address" | "details") =>
    navigate({
      to: "/a/$slug/settings/channels/new/$kind/$method",
      params: { slug, kind: "email", method: "forwarding" },
      search: { step: next },
      replace: true,
    });
  return (
    <FirstSteps
      // Whoever reloads the second step has typed no address any more.
      step={address.address ? step : "address"}
      goTo={goTo}
      address={address}
      onAddress={setAddress}
      details={details}
      onDetails={setDetails}
      busy={create.isPending}
      error={create.error}
      onDone={() => create.mutate()}
    />
  );
}
