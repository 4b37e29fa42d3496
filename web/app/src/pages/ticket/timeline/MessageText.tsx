// What a message says: its HTML in a frame that cannot script, else its text; quoted history folded.
import { UnstyledButton } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment, CommentItem, MessageItem } from "@/api/types";
import { HtmlFrame } from "./HtmlFrame";
import classes from "./MessageText.module.css";
import { type Pictures, picturesIn } from "./mailDocument";
import { PlainText } from "./PlainText";

interface Props {
  message: MessageItem;
  /** With the pictures that its HTML fetches from elsewhere. */
  pictures?: boolean;
}

export function MessageText({ message, pictures = false }: Props) {
  const { t } = useTranslation("ticket");
  const shown = usePictures(message, pictures);
  const empty = !message.html && !message.text.trim();
  return (
    <>
      {empty ? (
        !message.raw_only && <p className={classes.empty}>{t("noText")}</p>
      ) : (
        <Said
          text={message.text}
          html={message.html}
          attachments={message.attachments}
          pictures={shown.inWords}
        />
      )}
      {message.quoted && (
        <Quoted quoted={message.quoted} attachments={message.attachments} pictures={shown.inQuote} />
      )}
    </>
  );
}

interface SaidProps {
  text: string;
  html: string | null;
  attachments: Attachment[];
  pictures?: Pictures;
  /** Members whom it names; they stand out. */
  mentions?: CommentItem["mentions"];
}

export function Said({ text, html, attachments, pictures, mentions }: SaidProps) {
  if (!html) return <PlainText text={text} mentions={mentions} />;
  return <HtmlFrame html={html} attachments={attachments} pictures={pictures} />;
}

/** They are counted through: those in what is quoted after those in the words. */
function usePictures({ id, html }: MessageItem, wanted: boolean): { inWords?: Pictures; inQuote?: Pictures } {
  return useMemo(() => {
    if (!wanted) return {};
    return {
      inWords: { messageId: id, first: 0 },
      inQuote: { messageId: id, first: picturesIn(html ?? "") },
    };
  }, [id, html, wanted]);
}

function Quoted({
  quoted,
  attachments,
  pictures,
}: {
  quoted: NonNullable<MessageItem["quoted"]>;
  attachments: Attachment[];
  pictures?: Pictures;
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
          <Said text={quoted.text} html={quoted.html} attachments={attachments} pictures={pictures} />
        </div>
      )}
    </div>
  );
}
