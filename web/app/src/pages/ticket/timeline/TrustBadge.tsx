// Whether the sender's domain vouches for the mail (its DMARC verdict).
import { Tooltip } from "@mantine/core";
import { IconShieldCheck, IconShieldQuestion, IconShieldX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { MessageItem } from "@/api/types";
import classes from "./TrustBadge.module.css";

const icons = { pass: IconShieldCheck, none: IconShieldQuestion, fail: IconShieldX };

export function TrustBadge({ trust }: { trust: MessageItem["trust"] }) {
  const { t } = useTranslation("ticket");
  const Icon = icons[trust.verdict];
  const checks = (["spf", "dkim", "dmarc"] as const)
    .map((check) => `${check.toUpperCase()} ${trust[check] ?? "–"}`)
    .join(" · ");
  const meaning = t(`trust.${trust.verdict}`);
  return (
    <Tooltip label={`${meaning} ${checks}`} multiline maw={280}>
      <span className={classes.badge} data-verdict={trust.verdict} role="img" aria-label={meaning}>
        <Icon size={15} stroke={1.7} />
      </span>
    </Tooltip>
  );
}
