// The screens of mail channels.
import type { Channel } from "@/api/types";
import { NotFound } from "@/shell/NotFound";
import { addressOf } from "../../addressOf";
import { NameSection } from "../../edit/NameSection";
import type { ConnectProps, GoOnProps, KindScreens } from "../KindScreens";
import { AnswersSection } from "./config/AnswersSection";
import { FinePointsSection } from "./config/FinePointsSection";
import { FoldersSection } from "./config/FoldersSection";
import { HistorySection } from "./config/HistorySection";
import { SignInSection } from "./config/SignInSection";
import { ConnectForwarding } from "./connect/ConnectForwarding";
import { ConnectImap } from "./connect/ConnectImap";
import { GoOnForwarding } from "./connect/GoOnForwarding";
import { DetailsSection } from "./details/DetailsSection";
import { ForwardingSection } from "./forwarding/ForwardingSection";
import { emailSettings } from "./settings";

const isFetched = (channel: Channel) => emailSettings(channel).method === "imap";

export const email: KindScreens = {
  methods: ["imap", "forwarding"],
  toCome: [
    { key: "gmail", today: "imap" },
    { key: "microsoft", today: "forwarding" },
  ],
  Connect: (props: ConnectProps) =>
    props.method.key === "imap" ? <ConnectImap {...props} /> : <ConnectForwarding {...props} />,
  GoOn: (props: GoOnProps) => (isFetched(props.channel) ? <NotFound /> : <GoOnForwarding {...props} />),
  isUnfinished: (channel) => !isFetched(channel) && channel.proof === "waiting",
  isFetched,
  line: addressOf,
  Configuration: ({ channel }) => (
    <>
      <NameSection channel={channel} />
      <DetailsSection channel={channel} />
      <AnswersSection channel={channel} />
      {!isFetched(channel) && <ForwardingSection channel={channel} />}
      <SignInSection channel={channel} />
      {isFetched(channel) && <FoldersSection channel={channel} />}
      {isFetched(channel) && <HistorySection channel={channel} />}
      {isFetched(channel) && <FinePointsSection channel={channel} />}
    </>
  ),
  ending: (channel, t) => ({
    goes: [t("delete.goesAddress", { address: addressOf(channel) }), t("delete.goesSecrets")],
    stays: [],
  }),
};
