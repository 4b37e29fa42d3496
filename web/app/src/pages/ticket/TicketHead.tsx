// The head of a ticket: what it is, and the properties one changes most.
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft, IconHandGrab, IconLayoutSidebarRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, type Ref, Suspense, useRef } from "react";
import { useTranslation } from "react-i18next";
import { pipelinesQuery, teamsQuery, useMe } from "@/api/desk";
import { peopleQuery } from "@/api/people";
import type { TicketChange } from "@/api/tickets";
import type { Named, Priority, TicketDetail } from "@/api/types";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { useKeys } from "@/kit/keys";
import { PersonFace, SpokenStanding } from "@/kit/PersonFace";
import { Picker, type PickerHandle } from "@/kit/Picker";
import { PriorityIcon } from "@/kit/PriorityIcon";
import { StatusDot } from "@/kit/StatusBadge";
import { loadText } from "@/kit/standing";
import { priorities, useStatusName } from "@/kit/status";
import { PresentFaces } from "./presence/Present";
import classes from "./TicketHead.module.css";
import { WhyButton } from "./why/WhyButton";
import type { Asking } from "./work/Dialogs";
import { useKeyChoices } from "./work/useKeyChoices";
import type { Work } from "./work/useWork";

const WorkMenu = lazy(() => import("./work/WorkMenu").then((module) => ({ default: module.WorkMenu })));

interface Props {
  slug: string;
  ticket: TicketDetail;
  work: Work;
  onAsk: (asking: Asking) => void;
  onSplit: () => void;
  onBack: () => void;
  /** When it is out of the list. */
  onLeave: () => void;
  onPanel: () => void;
  panelShown: boolean;
}

export function TicketHead(props: Props) {
  const { ticket, work, onBack, onPanel, panelShown } = props;
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
        <TakeButton ticket={ticket} work={work} />
        {!ticket.deleted_at && <More {...props} />}
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
      <Properties ticket={ticket} work={work} />
    </header>
  );
}

interface WorkProps {
  ticket: TicketDetail;
  work: Work;
}

function TakeButton({ ticket, work }: WorkProps) {
  const { t } = useTranslation(["ticket", "work"]);
  const me = useMe();
  if (!me.can.answer || ticket.assignee?.id === me.member_id || ticket.deleted_at) return null;
  return (
    <Button
      size="compact-sm"
      h={28}
      variant={ticket.assignee ? "subtle" : "light"}
      leftSection={<IconHandGrab size={15} stroke={1.7} />}
      onClick={() => work.change({ assignee: "me" }, t("work:done.taken"))}
    >
      {t("take")}
    </Button>
  );
}

/** Seldom used, so its code is fetched when the ticket stands. */
function More({ slug, ticket, work, onAsk, onSplit, onLeave }: Props) {
  return (
    <Suspense>
      <WorkMenu slug={slug} ticket={ticket} work={work} onAsk={onAsk} onSplit={onSplit} onLeave={onLeave} />
    </Suspense>
  );
}

function Properties({ ticket, work }: WorkProps) {
  const { t } = useTranslation(["ticket", "work"]);
  const me = useMe();
  const readOnly = !me.can.answer || ticket.deleted_at !== null;
  const status = useRef<PickerHandle>(null);
  const priority = useRef<PickerHandle>(null);
  const assignee = useRef<PickerHandle>(null);
  const choices = useKeyChoices(ticket, work);
  useKeys("ticket", [
    {
      id: "status",
      keys: "s",
      label: t("work:key.status"),
      enabled: !readOnly,
      run: () => status.current?.open(),
      choices: choices.status,
    },
    {
      id: "priority",
      keys: "p",
      label: t("work:key.priority"),
      enabled: !readOnly,
      run: () => priority.current?.open(),
      choices: choices.priority,
    },
    {
      id: "assign",
      keys: "a",
      label: t("work:key.assign"),
      enabled: !readOnly,
      run: () => assignee.current?.open(),
      choices: choices.assign,
    },
  ]);
  return (
    <div className={classes.properties}>
      <StatusPicker
        ticket={ticket}
        disabled={readOnly}
        ref={status}
        onPick={(change, name) => work.change(change, t("work:done.status", { name }))}
      />
      <PriorityPicker
        ticket={ticket}
        disabled={readOnly}
        ref={priority}
        onPick={(picked, name) => work.change({ priority: picked }, t("work:done.priority", { name }))}
      />
      <AssigneePicker
        ticket={ticket}
        disabled={readOnly}
        ref={assignee}
        onPick={(picked, name) =>
          work.change(
            { assignee: picked },
            t(picked ? "work:done.assigned" : "work:done.unassigned", { name }),
          )
        }
      />
      <WhyButton ticket={ticket} />
      <TeamPicker
        ticket={ticket}
        disabled={readOnly}
        onPick={(team, name) =>
          work.change({ team }, t(team ? "work:done.team" : "work:done.noTeam", { name }))
        }
      />
    </div>
  );
}

interface PickProps<T> {
  ticket: TicketDetail;
  disabled: boolean;
  ref?: Ref<PickerHandle>;
  onPick: (value: T, name: string) => void;
}

const nobody = "";

/** The statuses of the ticket's own pipeline first, then those of the others, under their names. */
function StatusPicker({ ticket, disabled, onPick, ref }: PickProps<TicketChange>) {
  const { t } = useTranslation("ticket");
  const statusName = useStatusName();
  const known = useQuery(pipelinesQuery()).data?.items ?? [];
  const own = known.filter((one) => one.id === ticket.pipeline.id);
  const pipelines = [...own, ...known.filter((one) => one.id !== ticket.pipeline.id)];
  const several = pipelines.length > 1;
  const icon = <StatusDot status={ticket.status} />;
  return (
    <Picker
      ref={ref}
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
        const picked = pipeline?.statuses.find(({ id }) => id === status);
        onPick(
          pipeline && pipeline.id !== ticket.pipeline.id ? { pipeline: pipeline.id, status } : { status },
          picked ? statusName(picked) : "",
        );
      }}
    />
  );
}

function PriorityPicker({ ticket, disabled, onPick, ref }: PickProps<Priority>) {
  const { t } = useTranslation("ticket");
  return (
    <Picker
      ref={ref}
      label={t("common:priority.label")}
      disabled={disabled}
      value={ticket.priority}
      choices={priorities.map((priority) => ({
        value: priority,
        label: t(`common:priority.${priority}`),
        icon: <PriorityIcon priority={priority} />,
      }))}
      onChange={(value) => onPick(value as Priority, t(`common:priority.${value}`))}
    />
  );
}

function AssigneePicker({ ticket, disabled, onPick, ref }: PickProps<string | null>) {
  const { t, i18n } = useTranslation("ticket");
  const members = useQuery(peopleQuery());
  const people = (members.data?.items ?? [])
    .filter((member) => member.active && member.has_seat && member.joined_at !== null)
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  const face = (person: Named) => <PersonFace person={person} size={18} spoken={false} />;
  return (
    <Picker
      ref={ref}
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
      onChange={(value) => onPick(value || null, people.find(({ id }) => id === value)?.name ?? "")}
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
      onChange={(value) => onPick(value || null, sorted.find(({ id }) => id === value)?.name ?? "")}
    />
  );
}
