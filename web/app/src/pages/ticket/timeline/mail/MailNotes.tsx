// What a reader should know of a mail before its words: whose it is, who its sender seems to be, what it asks for.
import {
  IconArrowForward,
  IconDeviceLaptop,
  IconEyeQuestion,
  IconMasksTheater,
  IconMessageReply,
  IconMoodSearch,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MessageItem } from "@/api/types";
import { HandedOn } from "./HandedOn";
import { Invitation } from "./Invitation";
import classes from "./MailNotes.module.css";
import { ReceiptAsked } from "./ReceiptAsked";

export function MailNotes({ message }: { message: MessageItem }) {
  return (
    <>
      <Facts message={message} />
      {message.forwarded && <HandedOn message={message} forwarded={message.forwarded} />}
      {message.invitation && <Invitation message={message} invitation={message.invitation} />}
      {message.receipt_to && <ReceiptAsked message={message} />}
    </>
  );
}

function Facts({ message }: { message: MessageItem }) {
  const { t } = useTranslation("message");
  const { signals } = message;
  const facts = [
    message.sent_elsewhere && <Fact key="elsewhere" icon={IconDeviceLaptop} text={t("sentElsewhere")} />,
    message.is_forward && <Fact key="forward" icon={IconArrowForward} text={t("forwarded")} />,
    signals.looks_like && (
      <Fact
        key="like"
        tone="danger"
        icon={IconMasksTheater}
        text={t("looksLike", { domain: signals.looks_like })}
      />
    ),
    signals.hidden_behind && (
      <Fact
        key="hidden"
        tone="warn"
        icon={IconEyeQuestion}
        text={t("hiddenBehind", { address: signals.hidden_behind })}
      />
    ),
    signals.reply_to && (
      <Fact
        key="reply"
        tone="warn"
        icon={IconMessageReply}
        text={t("replyTo", { address: signals.reply_to })}
      />
    ),
    signals.first_time && <Fact key="first" icon={IconMoodSearch} text={t("firstTime")} />,
  ].filter(Boolean);
  return facts.length > 0 ? <ul className={classes.facts}>{facts}</ul> : null;
}

interface FactProps {
  icon: ComponentType<{ "aria-hidden"?: boolean }>;
  text: ReactNode;
  tone?: "warn" | "danger";
}

function Fact({ icon: Icon, text, tone }: FactProps) {
  return (
    <li className={classes.fact} data-tone={tone}>
      <Icon aria-hidden />
      {text}
    </li>
  );
}
