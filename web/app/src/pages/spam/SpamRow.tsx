// One conversation in the list of spam: who wrote what, why it is here, and how long it is kept.
import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Spam } from "@/api/spam";
import { Time } from "@/kit/Time";
import { useNow } from "@/kit/useNow";
import classes from "./SpamPage.module.css";
import { daysLeft, whyWords } from "./whyWords";

interface Props {
  slug: string;
  spam: Spam;
  chosen: boolean;
  /** Missing for whoever may only look. */
  onChoose?: () => void;
}

export function SpamRow({ slug, spam, chosen, onChoose }: Props) {
  const { t } = useTranslation("spam");
  const sender = spam.from.name || spam.from.address;
  const now = useNow();
  return (
    <li className={classes.row} data-chosen={chosen || undefined}>
      {onChoose && (
        <Checkbox size="xs" checked={chosen} onChange={onChoose} aria-label={t("choose", { sender })} />
      )}
      <Link
        to="/a/$slug/spam"
        params={{ slug }}
        search={(before) => ({ ...before, open: spam.conversation_id })}
        className={classes.open}
      >
        <span className={classes.sender}>
          <b>{sender}</b>
          {spam.from.name && <span className={classes.address}>{spam.from.address}</span>}
        </span>
        <span className={classes.words}>
          <span className={classes.subject}>{spam.subject || t("noSubject")}</span>
          {spam.snippet && <span className={classes.snippet}>{spam.snippet}</span>}
        </span>
        <span className={classes.facts}>
          <span className={classes.why}>{whyWords(spam, t)}</span>
          <span>{spam.channel.name}</span>
          <span>{t("kept", { count: daysLeft(spam.forget_at, now) })}</span>
        </span>
        <Time at={spam.received_at} className={classes.when} />
      </Link>
    </li>
  );
}
