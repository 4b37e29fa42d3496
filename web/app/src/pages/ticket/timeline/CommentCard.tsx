// An internal comment: on yellow, so that nobody takes it for something a customer saw.
import { IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { CommentItem } from "@/api/types";
import { Face } from "@/kit/Face";
import { Time } from "@/kit/Time";
import { dateLocale, messageTime } from "@/kit/time";
import { Attachments } from "./Attachments";
import classes from "./CommentCard.module.css";
import { Said } from "./MessageText";

export function CommentCard({ comment }: { comment: CommentItem }) {
  const { t, i18n } = useTranslation("ticket");
  const name = comment.author?.name ?? t("someone");
  return (
    <article
      className={classes.card}
      aria-label={t("label.comment", {
        who: name,
        at: messageTime(comment.at, new Date(), dateLocale(i18n.language)),
      })}
    >
      <header className={classes.head}>
        <Face name={name} size={22} us />
        <b>{name}</b>
        <span className={classes.internal}>
          <IconEyeOff size={13} stroke={1.8} aria-hidden="true" />
          {t("internal")}
        </span>
        <Time at={comment.at} as="clock" className={classes.time} />
      </header>
      <div className={classes.body}>
        <Said
          text={comment.text}
          html={comment.html}
          attachments={comment.attachments}
          mentions={comment.mentions}
        />
        <Attachments attachments={comment.attachments.filter((file) => !file.inline)} />
      </div>
    </article>
  );
}
