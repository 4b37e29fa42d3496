// A meeting that somebody asks us to, as a leaf of a calendar, with the three answers.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accountKey, useMe } from "@/api/desk";
import { answerInvitation, type InvitationAnswer } from "@/api/messages";
import type { MessageItem } from "@/api/types";
import { dateLocale } from "@/kit/time";
import { toastError } from "@/kit/toast";
import classes from "./MailNotes.module.css";
import { leafOf, whenOf } from "./when";

const answers: InvitationAnswer[] = ["accepted", "tentative", "declined"];

interface Props {
  message: MessageItem;
  invitation: NonNullable<MessageItem["invitation"]>;
}

export function Invitation({ message, invitation }: Props) {
  const { t, i18n } = useTranslation("message");
  const locale = dateLocale(i18n.language);
  const leaf = leafOf(invitation, locale);
  const lines = [
    whenOf(invitation, locale) || t("meeting.noTime"),
    invitation.repeats && t("meeting.repeats"),
    invitation.location,
    invitation.organizer && t("meeting.by", { who: invitation.organizer }),
  ].filter(Boolean);
  return (
    <section className={classes.meeting} data-method={invitation.method} aria-label={t("meeting.title")}>
      {leaf && (
        <span className={classes.day} aria-hidden="true">
          <span className={classes.month}>{leaf.month}</span>
          <span className={classes.date}>{leaf.date}</span>
        </span>
      )}
      <div>
        <p className={classes.summary}>{invitation.summary || t("meeting.untitled")}</p>
        <ul className={classes.lines}>
          {lines.map((line) => (
            <li key={String(line)}>{line}</li>
          ))}
        </ul>
      </div>
      <Answering message={message} invitation={invitation} />
    </section>
  );
}

function Answering({ message, invitation }: Props) {
  const { t } = useTranslation("message");
  const { can } = useMe();
  const queryClient = useQueryClient();
  const answer = useMutation({
    mutationFn: (given: InvitationAnswer) => answerInvitation(message.id, given),
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKey("timeline") }),
  });
  if (invitation.method !== "request")
    return <div className={classes.answer}>{t(`meeting.${invitation.method}`)}</div>;
  if (!can.answer || message.direction === "out") return null;
  return (
    <fieldset className={classes.answer} aria-label={t("meeting.answer")}>
      {answers.map((one) => (
        <Button
          key={one}
          size="compact-xs"
          variant={invitation.answer === one ? "filled" : "default"}
          aria-pressed={invitation.answer === one}
          loading={answer.isPending && answer.variables === one}
          disabled={answer.isPending}
          onClick={() => answer.mutate(one)}
        >
          {t(`meeting.${one}`)}
        </Button>
      ))}
    </fieldset>
  );
}
