// The head of a ticket: what it is, and the properties one changes most.
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft, IconHandGrab, IconLayoutSidebarRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { pipelinesQuery, teamsQuery, useMe } from "@/api/desk";
import { peopleQuery } from "@/api/people";
import type { TicketChange } from "@/api/tickets";
import type { Named, Priority, TicketDetail } from "@/api/types";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { PersonFace, SpokenStanding } from "@/kit/PersonFace";
import { Picker } from "@/kit/Picker";
import { PriorityIcon } from "@/kit/PriorityIcon";
import { StatusDot } from "@/kit/StatusBadge";
import { loadText } from "@/kit/standing";
import { priorities, useStatusName } from "@/kit/status";
import { PresentFaces } from "./presence/Present";
import classes from "./TicketHead.module.css";
import { useChangeTicket } from "./useChangeTicket";
import { WhyButton } from "./why/WhyButton";

const SpamMenu = lazy(() => import("./SpamMenu").then((module) => ({ default: module.SpamMenu })));

interface Props {
  ticket: TicketDetail;
  onBack: () => void;
  onPanel: () => void;
  panelShown: boolean;
}

export function TicketHead({ ticket, onBack, onPanel, panelShown }: Props) {
  const { t } = useTranslation("ticket");
  const subject = ticket.subject || t("noSubject");
  useDocumentTitle(`#${ticket.number} ${subject}`);
  return (
    <header className={classes.head}>
      <div className={classes.top}>
        <ActionIcon
          className={classes.back}
          variant="subtle"
          color="gray"
          onClick={onBack}
          aria-label={t("back")}
        >
          <IconArrowLeft size={19} stroke={1.7} />
        </ActionIcon>
        <div className={classes.title}>
          <h1 className={classes.subject} title={subject}>
            {subject}
          </h1>
          <span className={classes.number}>#{ticket.number}</span>
          {ticket.channel && (
            <span className={classes.channel}>
              <ChannelIcon kind={ticket.channel.kind} size={13} />
              {ticket.channel.name}
              {ticket.channel.deleted && ` (${t("channelDeleted")})`}
            </span>
          )}
        </div>
        <PresentFaces ticketId={ticket.id} />
        <TakeButton ticket={ticket} />
        <More ticket={ticket} />
        <Tooltip label={t("panel.toggle")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={onPanel}
            aria-label={t("panel.toggle")}
            aria-expanded={panelShown}
          >
            <IconLayoutSidebarRight size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <Properties ticket={ticket} />
    </header>
  );
}

function TakeButton({ ticket }: { ticket: TicketDetail }) {
  const { t } = useTranslation("ticket");
  const me = useMe();
  const change = useChangeTicket(ticket);
  if (!me.can.answer || ticket.assignee?.id === me.member_id) return null;
  return (
    <Button
      size="compact-sm"
      h={28}
      variant={ticket.assignee ? "subtle" : "light"}
      leftSection={<IconHandGrab size={15} stroke={1.7} />}
      loading={change.isPending}
      onClick={() => change.mutate({ assignee: "me" })}
    >
      {t("take")}
    </Button>
  );
}

/** Seldom used, so its code is fetched when the ticket stands. */
function More({ ticket }: { ticket: TicketDetail }) {
  const { can } = useMe();
  if (!can.answer || ticket.conversations.length === 0) return null;
  return (
    <Suspense>
      <SpamMenu ticket={ticket} />
    </Suspense>
  );
}

function Properties({ ticket }: { ticket: TicketDetail }) {
  const me = useMe();
  const change = useChangeTicket(ticket);
  const readOnly = !me.can.answer;
  return (
    <div className={classes.properties}>
      <StatusPicker ticket={ticket} disabled={readOnly} onPick={(picked) => change.mutate(picked)} />
      <PriorityPicker
        ticket={ticket}
        disabled={readOnly}
        onPick={(priority) => change.mutate({ priority })}
      />
      <AssigneePicker
        ticket={ticket}
        disabled={readOnly}
        onPick={(assignee) => change.mutate({ assignee })}
      />
      <WhyButton ticket={ticket} />
      <TeamPicker ticket={ticket} disabled={readOnly} onPick={(team) => change.mutate({ team })} />
    </div>
  );
}

interface PickProps<T> {
  ticket: TicketDetail;
  disabled: boolean;
  onPick: (value: T) => void;
}

const nobody = "";

/** The statuses of the ticket's own pipeline first, then those of the others, under their names. */
function StatusPicker({ ticket, disabled, onPick }: PickProps<TicketChange>) {
  const { t } = useTranslation("ticket");
  const statusName = useStatusName();
  const known = useQuery(pipelinesQuery()).data?.items ?? [];
  const own = known.filter((one) => one.id === ticket.pipeline.id);
  const pipelines = [...own, ...known.filter((one) => one.id !== ticket.pipeline.id)];
  const several = pipelines.length > 1;
  const icon = <StatusDot status={ticket.status} />;
  return (
    <Picker
      label={t("status")}
      disabled={disabled}
      value={ticket.status.id}
      fallback={{ value: ticket.status.id, label: statusName(ticket.status), icon }}
      width={several ? 260 : undefined}
      choices={pipelines.flatMap((pipeline) =>
        pipeline.statuses.map((status) => ({
          value: status.id,
          label: statusName(status),
          icon: <StatusDot status={status} />,
          group: several ? pipeline.name : undefined,
        })),
      )}
      onChange={(status) => {
        const pipeline = pipelines.find((one) => one.statuses.some(({ id }) => id === status));
        onPick(
          pipeline && pipeline.id !== ticket.pipeline.id ? { pipeline: pipeline.id, status } : { status },
        );
      }}
    />
  );
}

function PriorityPicker({ ticket, disabled, onPick }: PickProps<Priority>) {
  const { t } = useTranslation("ticket");
  return (
    <Picker
      label={t("common:priority.label")}
      disabled={disabled}
      value={ticket.priority}
      choices={priorities.map((priority) => ({
        value: priority,
        label: t(`common:priority.${priority}`),
        icon: <PriorityIcon priority={priority} />,
      }))}
      onChange={(value) => onPick(value as Priority)}
    />
  );
}

function AssigneePicker({ ticket, disabled, onPick }: PickProps<string | null>) {
  const { t, i18n } = useTranslation("ticket");
  const members = useQuery(peopleQuery());
  const people = (members.data?.items ?? [])
    .filter((member) => member.active && member.has_seat && member.joined_at !== null)
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  const face = (person: Named) => <PersonFace person={person} size={18} spoken={false} />;
  return (
    <Picker
      label={t("assignee")}
      disabled={disabled}
      value={ticket.assignee?.id ?? nobody}
      fallback={
        ticket.assignee
          ? { value: ticket.assignee.id, label: ticket.assignee.name, icon: face(ticket.assignee) }
          : undefined
      }
      // Who gives out work sees what each carries at this moment.
      onOpen={() => members.refetch()}
      width={300}
      choices={[
        { value: nobody, label: t("common:nobody"), icon: <span className={classes.nobody} /> },
        ...people.map((member) => ({
          value: member.id,
          label: member.name,
          icon: face(member),
          note: (
            <>
              {loadText(member.load, member.capacity, t)}
              <SpokenStanding person={member} />
            </>
          ),
        })),
      ]}
      onChange={(value) => onPick(value || null)}
    />
  );
}

function TeamPicker({ ticket, disabled, onPick }: PickProps<string | null>) {
  const { t, i18n } = useTranslation("ticket");
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  if (teams.length === 0) return null;
  const sorted = [...teams].sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  return (
    <Picker
      label={t("team")}
      disabled={disabled}
      value={ticket.team?.id ?? nobody}
      choices={[
        { value: nobody, label: t("common:noTeam") },
        ...sorted.map((team) => ({ value: team.id, label: team.name })),
      ]}
      onChange={(value) => onPick(value || null)}
    />
  );
}
