// The reason of an assignment: the rule, the sentence, everybody who was looked at, the place in the queue, and what
// was decided before.
import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { type Decision, type TicketRouting, ticketRoutingQuery } from "@/api/routing";
import type { TicketDetail } from "@/api/types";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { PageLoading } from "@/shell/PageLoading";
import { Candidates } from "./Candidates";
import { Earlier } from "./Earlier";
import { QueuePlace } from "./QueuePlace";
import { decisionWords } from "./reasonWords";
import { useNameOf } from "./useNameOf";
import { useCandidatesInWords } from "./useSkillsInWords";
import classes from "./Why.module.css";

interface Props {
  ticket: TicketDetail;
  title: string;
  onClose: () => void;
}

export function WhyDrawer({ ticket, title, onClose }: Props) {
  const { t } = useTranslation("routing");
  const inWords = useRoutingInWords();
  const routing = useQuery({ ...ticketRoutingQuery(ticket.id), staleTime: 0 });
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position="right"
      size={440}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {routing.error && !routing.data && <Note tone="bad">{explain(routing.error, t)}</Note>}
      {routing.isPending && <PageLoading />}
      {routing.data && <Why routing={inWords(routing.data)} ticket={ticket} />}
    </Drawer>
  );
}

function useRoutingInWords(): (routing: TicketRouting) => TicketRouting {
  const inWords = useCandidatesInWords();
  const said = (decision: Decision) => ({ ...decision, candidates: inWords(decision.candidates) });
  return (routing) => ({
    ...routing,
    candidates: inWords(routing.candidates),
    decision: routing.decision && said(routing.decision),
    history: routing.history.map(said),
  });
}

function Why({ routing, ticket }: { routing: TicketRouting; ticket: TicketDetail }) {
  const { t } = useTranslation("routing");
  const { decision, queue } = routing;
  // People take, answer and give on tickets without asking the rules.
  const byHand = decision !== null && decision.assignee !== (routing.assignee?.id ?? null) && !queue;
  return (
    <div className={classes.why}>
      {!decision && <p className={classes.lead}>{t("why.none")}</p>}
      {queue && <QueuePlace queue={queue} since={routing.waiting_since} candidates={routing.candidates} />}
      {byHand && <ByHand name={routing.assignee?.name} />}
      {decision && <Sentence decision={decision} />}
      {decision && <RuleLine decision={decision} ticket={ticket} />}
      {routing.candidates.length > 0 && (
        <section>
          <h3 className={classes.heading}>{t("why.candidates")}</h3>
          <Candidates candidates={routing.candidates} label={t("why.candidates")} />
        </section>
      )}
      {routing.history.length > 0 && <Earlier decisions={routing.history} />}
    </div>
  );
}

function ByHand({ name }: { name?: string }) {
  const { t } = useTranslation("routing");
  return (
    <div>
      <p className={classes.outcome}>{name ? t("why.taken", { name }) : t("why.released")}</p>
      <p className={classes.lead}>{t(name ? "why.takenText" : "why.releasedText")}</p>
    </div>
  );
}

function Sentence({ decision }: { decision: Decision }) {
  const { t } = useTranslation("routing");
  const nameOf = useNameOf(decision);
  const who = nameOf(decision.assignee);
  return (
    <div>
      <p className={classes.outcome}>
        {t(`outcome.${decision.outcome}`, { who: who ?? t("outcome.someone") })}{" "}
        <span>{t(`cause.${decision.cause}`)}</span>
      </p>
      <p className={classes.lead}>{decisionWords(decision, { who, was: nameOf(decision.was_member) }, t)}</p>
    </div>
  );
}

function RuleLine({ decision, ticket }: { decision: Decision; ticket: TicketDetail }) {
  const { t } = useTranslation("routing");
  const { rule } = decision;
  const words = rule
    ? t(rule.name ? "why.rule" : "why.ruleUnnamed", { number: rule.number, name: rule.name })
    : decision.cause === "arrival" || decision.cause === "queue"
      ? t("why.noRule")
      : null;
  if (!words) return null;
  return (
    <p className={classes.rule}>
      {words} <ToRouting ticket={ticket} rule={rule?.id} />
    </p>
  );
}

function ToRouting({ ticket, rule }: { ticket: TicketDetail; rule?: string }) {
  const { t } = useTranslation("routing");
  const { slug } = useParams({ from: "/a/$slug" });
  const { can } = useMe();
  if (!ticket.channel || ticket.channel.deleted || !(can.edit_routing || can.manage_channels)) return null;
  return (
    <Link
      to="/a/$slug/settings/channels/$channelId"
      params={{ slug, channelId: ticket.channel.id }}
      search={{ tab: "automation", ...(rule && { rule }) }}
    >
      {t(rule ? "why.toRule" : "why.toRouting")}
    </Link>
  );
}
