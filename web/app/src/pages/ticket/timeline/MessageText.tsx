// What a message says: its HTML in a frame that cannot script, else its text; quoted history folded.
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment, MessageItem } from "@/api/types";
import { HtmlFrame } from "./HtmlFrame";
import classes from "./MessageText.module.css";
import { PlainText } from "./PlainText";

export function MessageText({ message }: { message: MessageItem }) {
  const { t } = useTranslation("ticket");
  const empty = !message.html && !message.text.trim();
  return (
    <>
      {empty ? (
        !message.raw_only && <p className={classes.empty}>{t("noText")}</p>
      ) : (
        <Said text={message.text} html={message.html} attachments={message.attachments} />
      )}
      {message.quoted && <Quoted quoted={message.quoted} attachments={message.attachments} />}
    </>
  );
}

interface SaidProps {
  text: string;
  html: string | null;
  attachments: Attachment[];
}

export function Said({ text, html, attachments }: SaidProps) {
  return html ? <HtmlFrame html={html} attachments={attachments} /> : <PlainText text={text} />;
}

function Quoted({
  quoted,
  attachments,
}: {
  quoted: NonNullable<MessageItem["quoted"]>;
  attachments: Attachment[];
}) {
  const { t } = useTranslation("ticket");
  const [open, setOpen] = useState(false);
  return (
    <div>
      <UnstyledButton
        className={classes.fold}
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        aria-label={t(open ? "quoted.hide" : "quoted.show")}
        title={t(open ? "quoted.hide" : "quoted.show")}
      >
        <i />
        <i />
        <i />
      </UnstyledButton>
      {open && (
        <div className={classes.quoted}>
          <Said text={quoted.text} html={quoted.html} attachments={attachments} />
        </div>
      )}
    </div>
  );
}
