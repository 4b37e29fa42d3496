// Says before one types that an answer is impossible, or that it will wait.
import { Anchor } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { reasonKey, reasonText } from "@/kit/reason";
import classes from "./ReplyHint.module.css";

interface Props {
  slug: string;
  reply: { possible: boolean; reason: string | null };
}

export function ReplyHint({ slug, reply }: Props) {
  const { t, i18n } = useTranslation("composer");
  const { can } = useMe();
  const why = reply.reason && reasonText(reply.reason, i18n);
  if (!reply.possible)
    return (
      <Hint text={`${t("impossible.title")} ${why ?? t("impossible.unknown")} ${t("impossible.comment")}`} />
    );
  if (!reply.reason) return null;
  const notSetUp = reasonKey(reply.reason) === "outgoing_mail_is_not_set_up";
  return (
    <Hint text={notSetUp ? t("queued.text") : `${t("queued.waits")} ${why}`}>
      {can.manage_channels && (
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
