// The tags of a ticket: chips that can be taken off, and a field that suggests those that the account uses.
import { UnstyledButton } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { TicketDetail } from "@/api/types";
import panel from "../ContactPanel.module.css";
import classes from "./TicketTags.module.css";
import { useTags } from "./useTags";

const TagAdder = lazy(() => import("./TagAdder").then((module) => ({ default: module.TagAdder })));

interface Props {
  ticket: TicketDetail;
  /** The field stands open from the start. */
  adding?: boolean;
}

export function TicketTags({ ticket, adding: begins = false }: Props) {
  const { t } = useTranslation("ticket");
  const { can } = useMe();
  const { add, remove } = useTags(ticket);
  const [adding, setAdding] = useState(begins);
  if (ticket.tags.length === 0 && !can.answer) return null;
  return (
    <section>
      <h3 className={panel.heading}>{t("tags.title")}</h3>
      <ul className={classes.tags} aria-label={t("tags.title")}>
        {ticket.tags.map((name) => (
          <li key={name} className={classes.tag}>
            <span>{name}</span>
            {can.answer && (
              <UnstyledButton
                className={classes.remove}
                aria-label={t("tags.remove", { name })}
                onClick={() => remove.mutate(name)}
              >
                <IconX size={12} stroke={2} aria-hidden="true" />
              </UnstyledButton>
            )}
          </li>
        ))}
        {can.answer && !adding && (
          <li>
            <UnstyledButton className={classes.add} onClick={() => setAdding(true)}>
              <IconPlus size={13} stroke={2} aria-hidden="true" />
              {t("tags.add")}
            </UnstyledButton>
          </li>
        )}
      </ul>
      {adding && (
        <Suspense>
          <TagAdder
            known={ticket.tags}
            onAdd={(name) => add.mutateAsync(name)}
            onDone={() => setAdding(false)}
          />
        </Suspense>
      )}
    </section>
  );
}
