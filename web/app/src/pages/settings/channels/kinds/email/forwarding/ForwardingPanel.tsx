// Where the mail host has to forward to, how that is done, and whether it was proved to work.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { CopyField } from "../../../../ui/CopyField";
import { emailSettings } from "../settings";
import { HowToForward } from "./HowToForward";
import { LoopbackNote } from "./LoopbackNote";
import { ProofNote } from "./ProofNote";

export function ForwardingPanel({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { address, forwarding_address: forwarding = "" } = emailSettings(channel);
  return (
    <>
      <div>
        <Text fz="sm" fw={550} mb={5}>
          {t("forwarding.forwardTo", { address })}
        </Text>
        <CopyField value={forwarding} label={t("forwarding.label")} />
      </div>
      <LoopbackNote forwarding={forwarding} />
      <HowToForward address={address} forwarding={forwarding} />
      <ProofNote channel={channel} />
    </>
  );
}
