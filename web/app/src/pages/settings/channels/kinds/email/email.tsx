// The screens of mail channels.
import { addressOf } from "../../addressOf";
import type { KindScreens } from "../KindScreens";
import { AddressSection } from "./AddressSection";
import { ConnectEmail } from "./ConnectEmail";
import { DetailsSection } from "./DetailsSection";
import { ForwardingSection } from "./ForwardingSection";
import { GoOnEmail } from "./GoOnEmail";
import { OutgoingSection } from "./OutgoingSection";

export const email: KindScreens = {
  methods: ["forwarding"],
  Connect: ConnectEmail,
  GoOn: GoOnEmail,
  line: addressOf,
  Configuration: ({ channel }) => (
    <>
      <AddressSection channel={channel} />
      <DetailsSection channel={channel} />
      <ForwardingSection channel={channel} />
      <OutgoingSection channel={channel} />
    </>
  ),
  ending: (channel, t) => ({
    goes: [t("delete.goesAddress", { address: addressOf(channel) }), t("delete.goesSecrets")],
    stays: [],
  }),
};
