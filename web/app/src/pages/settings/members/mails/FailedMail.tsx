// One mail that did not leave: the member, what it was about, why, since when, and the way to try it again.
import { Button } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { MemberMail } from "@/api/memberMails";
import { usePerson } from "@/api/people";
import { PersonFace } from "@/kit/PersonFace";
import { Time } from "@/kit/Time";
import classes from "./MailsPage.module.css";
import { reasonInWords } from "./reason";
import { useSendAgain } from "./useSendAgain";

export function FailedMail({ mail }: { mail: MemberMail }) {
  const { t } = useTranslation("mails");
  const { slug } = useParams({ from: "/a/$slug" });
  const person = usePerson(mail.member_id);
  const again = useSendAgain();
  return (
    <li className={classes.row}>
      <span className={classes.face}>
        {person && <PersonFace person={person} size={36} tooltip={false} />}
      </span>
      <span className={classes.who}>
        <Link
          to="/a/$slug/settings/members/$memberId"
          params={{ slug, memberId: mail.member_id }}
          className={classes.name}
        >
          {mail.member_name}
        </Link>
        <span className={classes.more}>{person?.email}</span>
      </span>
      <span className={classes.what}>
        <span>
          {t(`kind.${mail.kind}`)}
          <Ticket number={mail.ticket_number} />
        </span>
        <span className={classes.why}>{reasonInWords(mail.reason, t)}</span>
      </span>
      <span className={classes.when}>
        <Time at={mail.created_at} as="clock" />
      </span>
      <Button
        className={classes.send}
        variant="default"
        size="xs"
        loading={again.isPending}
        aria-label={t("sendOf", { name: mail.member_name, what: t(`kind.${mail.kind}`) })}
        onClick={() => again.mutate([mail])}
      >
        {t("send")}
      </Button>
    </li>
  );
}

function Ticket({ number }: { number: number | null }) {
  const { slug } = useParams({ from: "/a/$slug" });
  if (number === null) return null;
  return (
    <>
      {" "}
      <Link to="/a/$slug/tickets/$number" params={{ slug, number: String(number) }}>
        #{number}
      </Link>
    </>
  );
}
