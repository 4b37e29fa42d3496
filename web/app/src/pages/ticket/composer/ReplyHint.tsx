// Says before one types that an answer is impossible, or that it will wait.
import { Anchor } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { ReplyOptions } from "@/api/types";
import classes from "./ReplyHint.module.css";

export function ReplyHint({ slug, reply }: { slug: string; reply: ReplyOptions }) {
  const { t, i18n } = useTranslation("composer");
  const me = useMe();
  if (reply.possible && me.outgoing_mail_ready) return null;
  if (!reply.possible) {
    const key = `impossible.${(reply.reason ?? "unknown").toLowerCase().replace(/[^a-z0-9]+/g, "_")}`;
    const why = i18n.exists(`composer:${key}`) ? t(key) : (reply.reason ?? t("impossible.unknown"));
    return <Hint text={`${t("impossible.title")} ${why}`} />;
  }
  return (
    <Hint text={t("queued.text")}>
      {me.can.manage_channels && (
        <Anchor component={Link} to={`/a/${slug}/settings/channels`} fz="inherit" className={classes.link}>
          {t("queued.setUp")}
        </Anchor>
      )}
    </Hint>
  );
}

function Hint({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className={classes.hint} role="note">
      <IconInfoCircle size={16} stroke={1.7} aria-hidden="true" />
      <span>
        {text} {children}
      </span>
    </div>
  );
}
