// The screens of mail channels.
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

export const email: KindScreens = {
  methods: ["imap", "forwarding"],
  toCome: [
    { key: "gmail", today: "imap" },
    { key: "microsoft", today: "forwarding" },
  ],
  Connect: (props: ConnectProps) =>
    props.method.key === "imap" ? <ConnectImap {...props} /> : <ConnectForwarding {...props} />,
  GoOn: (props: GoOnProps) =>
    emailSettings(props.channel).method === "forwarding" ? <GoOnForwarding {...props} /> : <NotFound />,
  isUnfinished: (channel) => emailSettings(channel).method === "forwarding" && channel.proof === "waiting",
  line: addressOf,
  Configuration: ({ channel }) => {
    const isFetched = emailSettings(channel).method === "imap";
    return (
      <>
        <NameSection channel={channel} />
        <DetailsSection channel={channel} />
        <AnswersSection channel={channel} />
        {!isFetched && <ForwardingSection channel={channel} />}
        <SignInSection channel={channel} />
        {isFetched && <FoldersSection channel={channel} />}
        {isFetched && <HistorySection channel={channel} />}
        {isFetched && <FinePointsSection channel={channel} />}
      </>
    );
  },
  ending: (channel, t) => ({
    goes: [t("delete.goesAddress", { address: addressOf(channel) }), t("delete.goesSecrets")],
    stays: [],
  }),
};
