// One message: who, when, to whom, what they said, and what became of it.
import { Anchor, UnstyledButton } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCode,
  IconCornerUpLeft,
  IconLock,
  IconPhotoOff,
  IconRobot,
  IconSignature,
  IconUserPlus,
} from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { rawSourceUrl } from "@/api/files";
import type { Address, MessageItem, TicketDetail } from "@/api/types";
import { Face } from "@/kit/Face";
import { Time } from "@/kit/Time";
import { dateLocale, messageTime } from "@/kit/time";
import { Attachments } from "./Attachments";
import { DeliveryLine } from "./DeliveryLine";
import classes from "./MessageCard.module.css";
import { MessageText } from "./MessageText";
import { hasMailNotes } from "./mail/about";
import { TrustBadge } from "./TrustBadge";

const FormAnswers = lazy(() =>
  import("./answers/FormAnswers").then((module) => ({ default: module.FormAnswers })),
);
const MessageActions = lazy(() =>
  import("./MessageActions").then((module) => ({ default: module.MessageActions })),
);
const MailNotes = lazy(() => import("./mail/MailNotes").then((module) => ({ default: module.MailNotes })));

interface Props {
  message: MessageItem;
  ticket: TicketDetail;
  folded: boolean;
}

export function MessageCard({ message, ticket, folded }: Props) {
  const label = useLabel(message);
  const [open, setOpen] = useState(!folded);
  const [pictures, setPictures] = useState(false);
  if (!open) return <FoldedMessage message={message} onOpen={() => setOpen(true)} />;
  return (
    <article className={classes.card} data-direction={message.direction} aria-label={label}>
      <Head message={message} several={ticket.conversations.length > 1} />
      <div className={classes.body}>
        <Notes message={message} onPictures={pictures ? null : () => setPictures(true)} />
        {hasMailNotes(message) && (
          <Suspense>
            <MailNotes message={message} />
          </Suspense>
        )}
        <Words message={message} pictures={pictures} />
        {message.delivery && <DeliveryLine message={message} delivery={message.delivery} ticket={ticket} />}
      </div>
    </article>
  );
}

function useLabel(message: MessageItem): string {
  const { t, i18n } = useTranslation("ticket");
  const at = messageTime(message.at, new Date(), dateLocale(i18n.language));
  return t(message.direction === "in" ? "label.from" : "label.ours", { who: sender(message), at });
}

/** A form speaks by its answers. */
function Words({ message, pictures }: { message: MessageItem; pictures: boolean }) {
  const words = (
    <>
      <MessageText message={message} pictures={pictures} />
      <Attachments attachments={message.attachments.filter((file) => !file.inline)} />
    </>
  );
  if (message.answers.length === 0) return words;
  return (
    <Suspense fallback={words}>
      <FormAnswers message={message} />
    </Suspense>
  );
}

function FoldedMessage({ message, onOpen }: { message: MessageItem; onOpen: () => void }) {
  const { t } = useTranslation("ticket");
  return (
    <UnstyledButton
      className={classes.folded}
      onClick={onOpen}
      aria-expanded={false}
      title={t("unfold", { who: sender(message) })}
    >
      <Face name={sender(message)} size={20} us={message.direction === "out"} />
      <b>{isOurMachine(message) ? t("note.confirmation") : sender(message)}</b>
      <span className={classes.foldedText}>{message.text}</span>
      <Time at={message.at} as="clock" className={classes.time} />
    </UnstyledButton>
  );
}

function Head({ message, several }: { message: MessageItem; several: boolean }) {
  const { t } = useTranslation("ticket");
  const out = message.direction === "out";
  return (
    <header className={classes.head}>
      <Face name={sender(message)} size={30} us={out} />
      <div className={classes.who}>
        <div className={classes.names}>
          {out && (
            <IconCornerUpLeft
              size={14}
              stroke={1.8}
              className={classes.direction}
              aria-label={t("sentByUs")}
            />
          )}
          <b className={classes.sender}>{sender(message)}</b>
          {/* Mail has a domain that vouches for it; whoever fills in a form types what they like. */}
          {message.direction === "in" && message.answers.length === 0 && <TrustBadge trust={message.trust} />}
          {several && <span className={classes.channel}>{message.channel.name}</span>}
          {message.from.name && message.from.address && (
            <span className={classes.address}>{message.from.address}</span>
          )}
        </div>
        <Recipients message={message} />
      </div>
      <span className={classes.actions}>
        <Suspense>
          <MessageActions message={message} />
        </Suspense>
      </span>
      <Time at={message.at} as="clock" className={classes.time} />
      <RawSource message={message} />
    </header>
  );
}

function Recipients({ message }: { message: MessageItem }) {
  const { t } = useTranslation("ticket");
  const [open, setOpen] = useState(false);
  const rows = (["to", "cc", "bcc"] as const).filter((field) => message[field].length > 0);
  if (rows.length === 0) return null;
  const short = [...message.to, ...message.cc, ...message.bcc].map((person) => person.name || person.address);
  if (!open)
    return (
      <UnstyledButton className={classes.recipients} onClick={() => setOpen(true)} aria-expanded={false}>
        {t("to", { who: short.join(", ") })}
      </UnstyledButton>
    );
  return (
    <dl className={classes.allRecipients}>
      {rows.map((field) => (
        <div key={field}>
          <dt>{t(`field.${field}`)}</dt>
          <dd>{message[field].map(written).join(", ")}</dd>
        </div>
      ))}
      {message.subject && (
        <div>
          <dt>{t("field.subject")}</dt>
          <dd>{message.subject}</dd>
        </div>
      )}
    </dl>
  );
}

function RawSource({ message }: { message: MessageItem }) {
  const { t } = useTranslation("ticket");
  const { can } = useMe();
  if (!message.raw_event_id || !can.see_raw) return null;
  return (
    <Anchor
      href={rawSourceUrl(message.raw_event_id)}
      target="_blank"
      rel="noopener"
      className={classes.raw}
      aria-label={t("rawSource")}
      title={t("rawSource")}
    >
      <IconCode size={16} stroke={1.6} />
    </Anchor>
  );
}

function Notes({ message, onPictures }: { message: MessageItem; onPictures: (() => void) | null }) {
  const { t } = useTranslation("ticket");
  const notes = [
    message.new_person && <Note key="new" tone="warn" icon={<IconUserPlus />} text={t("note.newPerson")} />,
    message.trust.verdict === "fail" && (
      <Note key="trust" tone="danger" icon={<IconAlertTriangle />} text={t("note.forged")} />
    ),
    isOurMachine(message) && <Note key="confirmation" icon={<IconRobot />} text={t("note.confirmation")} />,
    message.auto && !isOurMachine(message) && (
      <Note key="auto" icon={<IconRobot />} text={t(`note.${message.auto}`)} />
    ),
    message.flags.includes("encrypted") && <Note key="enc" icon={<IconLock />} text={t("note.encrypted")} />,
    message.flags.includes("signed") && <Note key="sig" icon={<IconSignature />} text={t("note.signed")} />,
    message.raw_only && <Note key="raw" tone="warn" icon={<IconCode />} text={t("note.rawOnly")} />,
    message.remote_images > 0 && onPictures && (
      <Note
        key="img"
        icon={<IconPhotoOff />}
        text={
          <>
            {t("note.remoteImages", { count: message.remote_images })}
            <UnstyledButton className={classes.show} onClick={onPictures} title={t("note.showImagesWhy")}>
              {t("note.showImages")}
            </UnstyledButton>
          </>
        }
      />
    ),
  ].filter(Boolean);
  return notes.length ? <ul className={classes.notes}>{notes}</ul> : null;
}

function Note({ icon, text, tone }: { icon: ReactNode; text: ReactNode; tone?: "warn" | "danger" }) {
  return (
    <li className={classes.note} data-tone={tone}>
      {icon}
      {text}
    </li>
  );
}

/** What the desk sent by itself: the confirmation to somebody who wrote. */
export const isOurMachine = (message: MessageItem) => message.direction === "out" && !!message.auto;

const sender = (message: MessageItem) => message.from.name || message.from.address;
const written = (person: Address) => (person.name ? `${person.name} <${person.address}>` : person.address);
