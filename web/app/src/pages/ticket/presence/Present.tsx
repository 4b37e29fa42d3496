// Who else is here: faces in the head of the ticket, and a line where one writes when somebody does already.
import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PersonFace } from "@/kit/PersonFace";
import { usePresent } from "@/live/LiveProvider";
import classes from "./Present.module.css";

const mostFaces = 4;

export function PresentFaces({ ticketId }: { ticketId: string }) {
  const { t, i18n } = useTranslation("ticket");
  const present = usePresent(ticketId);
  const names = new Intl.ListFormat(i18n.language).format(present.map(({ name }) => name));
  const label = present.length > 0 ? t("present.looking", { who: names, count: present.length }) : "";
  return (
    <span role="status" aria-label={label} className={classes.present}>
      {present.length > 0 && (
        <Tooltip label={label}>
          <span className={classes.faces}>
            {present.slice(0, mostFaces).map(({ member_id, name, typing }) => (
              <span key={member_id} className={classes.face} data-typing={typing || undefined}>
                <PersonFace person={{ id: member_id, name }} size={24} tooltip={false} spoken={false} />
              </span>
            ))}
            {present.length > mostFaces && (
              <span className={classes.more}>+{present.length - mostFaces}</span>
            )}
          </span>
        </Tooltip>
      )}
    </span>
  );
}

export function TypingLine({ ticketId }: { ticketId: string }) {
  const { t, i18n } = useTranslation("ticket");
  const typing = usePresent(ticketId).filter((one) => one.typing);
  const who = new Intl.ListFormat(i18n.language).format(typing.map(({ name }) => name));
  return (
    <div role="status" className={classes.typing}>
      {typing.length > 0 && (
        <>
          <i className={classes.dots} aria-hidden="true">
            <b />
            <b />
            <b />
          </i>
          {t("present.typing", { who, count: typing.length })}
        </>
      )}
    </div>
  );
}
