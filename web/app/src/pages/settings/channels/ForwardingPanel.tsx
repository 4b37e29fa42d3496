// Where the mail host has to forward to, how that is done, and whether the first mail has come.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { CopyField } from "../ui/CopyField";
import { FirstMail } from "./FirstMail";
import { HowToForward } from "./HowToForward";
import { LoopbackNote } from "./LoopbackNote";

export function ForwardingPanel({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const forwarding = channel.settings.forwarding_address ?? "";
  return (
    <>
      <div>
        <Text fz="sm" fw={550} mb={5}>
          {t("forwarding.forwardTo", { address: channel.settings.address })}
        </Text>
        <CopyField value={forwarding} label={t("forwarding.label")} />
      </div>
      <LoopbackNote forwarding={forwarding} />
      <div>
        <Text fz="sm" fw={550} mb={8}>
          {t("forwarding.howTo")}
        </Text>
        <HowToForward address={channel.settings.address} forwarding={forwarding} />
      </div>
      <FirstMail channel={channel} />
    </>
  );
}
