// The way in of a mail channel.
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { Section } from "../../../../ui/Section";
import { ForwardingPanel } from "./ForwardingPanel";

export function ForwardingSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  return (
    <Section title={t("forwarding.title")} text={t("forwarding.text")}>
      <ForwardingPanel channel={channel} />
    </Section>
  );
}
