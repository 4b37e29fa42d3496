// Making two tickets one: the other is found first, then both stand side by side with what will happen.
import { Button, Group, Modal } from "@mantine/core";
import { IconArrowRight, IconArrowsExchange } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Found } from "@/api/ticketWork";
import { contactQuery } from "@/api/timeline";
import type { TicketDetail } from "@/api/types";
import { StatusDot } from "@/kit/StatusBadge";
import { useStatusName } from "@/kit/status";
import { Time } from "@/kit/Time";
import classes from "./MergeDialog.module.css";
import { TicketFinder } from "./TicketFinder";
import type { Work } from "./useWork";

interface Props {
  ticket: TicketDetail;
  work: Work;
  onClose: () => void;
}

export function MergeDialog({ ticket, work, onClose }: Props) {
  const { t } = useTranslation("work");
  const [other, setOther] = useState<Found | null>(null);
  const suggested = useOthers(ticket);
  return (
    <Modal
      opened
      onClose={onClose}
      size={620}
      title={t("merge.title", { number: ticket.number })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {other ? (
        <Compare
          ticket={ticket}
          other={other}
          onBack={() => setOther(null)}
          onMerge={(part, whole) => {
            onClose();
            work.merge(part, whole);
          }}
        />
      ) : (
        <TicketFinder label={t("merge.which")} suggested={suggested} not={ticket.id} onPick={setOther} />
      )}
    </Modal>
  );
}

/** Other tickets of the same contact, those that are open first. */
export function useOthers(ticket: TicketDetail): Found[] {
  const contact = useQuery({ ...contactQuery(ticket.contact?.id ?? ""), enabled: !!ticket.contact }).data;
  return (contact?.tickets ?? [])
    .filter(({ id }) => id !== ticket.id)
    .sort((a, b) => Number(a.status.is_closed) - Number(b.status.is_closed))
    .map((one) => ({ ...one, contact: ticket.contact }));
}

interface CompareProps {
  ticket: TicketDetail;
  other: Found;
  onBack: () => void;
  onMerge: (part: Found, whole: Found) => void;
}

function Compare({ ticket, other, onBack, onMerge }: CompareProps) {
  const { t } = useTranslation("work");
  const [turned, setTurned] = useState(false);
  const [part, whole] = turned ? [other, ticket] : [ticket, other];
  const nameOf = ({ contact }: Found) => contact?.name || contact?.email || "";
  const strangers = part.contact && whole.contact && part.contact.id !== whole.contact.id;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onMerge(part, whole);
      }}
    >
      <div className={classes.pair} aria-live="polite">
        <Side title={t("merge.goes")} ticket={part} />
        <IconArrowRight className={classes.arrow} size={20} stroke={1.6} aria-hidden="true" />
        <Side title={t("merge.stays")} ticket={whole} />
      </div>
      <ul className={classes.what}>
        <li>{t("merge.moves", { part: part.number, whole: whole.number })}</li>
        <li>{t("merge.keeps", { whole: whole.number })}</li>
        <li>{t("merge.address", { part: part.number, whole: whole.number })}</li>
        {strangers && <li>{t("merge.strangers", { part: nameOf(part), whole: nameOf(whole) })}</li>}
        <li>{t("merge.undo")}</li>
      </ul>
      <Group justify="space-between" mt="md">
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconArrowsExchange size={16} stroke={1.7} />}
          onClick={() => setTurned((is) => !is)}
        >
          {t("merge.turn")}
        </Button>
        <Group gap="xs">
          <Button variant="default" onClick={onBack}>
            {t("merge.other")}
          </Button>
          <Button type="submit" data-autofocus autoFocus>
            {t("merge.do", { number: whole.number })}
          </Button>
        </Group>
      </Group>
    </form>
  );
}

function Side({ title, ticket }: { title: string; ticket: Found }) {
  const { t } = useTranslation("work");
  const statusName = useStatusName();
  return (
    <section className={classes.side}>
      <h3 className={classes.title}>{title}</h3>
      <p className={classes.subject}>{ticket.subject || t("ticket:noSubject")}</p>
      <dl className={classes.facts}>
        <dt>#{ticket.number}</dt>
        <dd className={classes.status}>
          <StatusDot status={ticket.status} /> {statusName(ticket.status)}
        </dd>
        <dt>{t("merge.contact")}</dt>
        <dd>{ticket.contact?.name || ticket.contact?.email || "–"}</dd>
        <dt>{t("merge.made")}</dt>
        <dd>
          <Time at={ticket.created_at} as="clock" />
        </dd>
      </dl>
    </section>
  );
}
