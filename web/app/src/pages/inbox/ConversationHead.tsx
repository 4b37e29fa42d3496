// The head of a conversation: whose it is, whether it is open, and the ticket that was made of it.
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArrowLeft,
  IconCheck,
  IconDots,
  IconHandGrab,
  IconMailOff,
  IconTicket,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { teamsQuery, useMe } from "@/api/desk";
import type { Conversation } from "@/api/inboxes";
import { peopleQuery } from "@/api/people";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { PersonFace } from "@/kit/PersonFace";
import { Picker } from "@/kit/Picker";
import head from "@/pages/ticket/TicketHead.module.css";
import type { Actions } from "./useConversation";

interface Props {
  slug: string;
  conversation: Conversation;
  actions: Actions;
  onBack: () => void;
}

const nobody = "";

export function ConversationHead({ slug, conversation, actions, onBack }: Props) {
  const { t } = useTranslation("inbox");
  const { can, member_id } = useMe();
  const { channel, contact, ticket, state } = conversation;
  return (
    <header className={head.head}>
      <div className={head.top}>
        <ActionIcon
          className={head.back}
          variant="subtle"
          color="gray"
          onClick={onBack}
          aria-label={t("back")}
        >
          <IconArrowLeft size={19} stroke={1.7} />
        </ActionIcon>
        <div className={head.title}>
          <h2 className={head.subject}>{conversation.subject || t("noSubject")}</h2>
          <span className={head.channel}>
            <ChannelIcon kind={channel.kind} size={13} />
            {channel.name}
          </span>
        </div>
        {can.answer && conversation.assignee?.member_id !== member_id && (
          <Button
            size="compact-sm"
            variant={conversation.assignee ? "subtle" : "light"}
            leftSection={<IconHandGrab size={15} stroke={1.7} />}
            onClick={actions.take}
          >
            {t("take")}
          </Button>
        )}
        {can.answer && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconCheck size={15} stroke={1.7} />}
            loading={actions.busy}
            onClick={actions.toggle}
          >
            {t(state === "open" ? "close" : "reopen")}
          </Button>
        )}
        {can.answer && <More conversation={conversation} actions={actions} />}
      </div>
      <div className={head.properties}>
        <AssigneePicker conversation={conversation} disabled={!can.answer} actions={actions} />
        <TeamPicker conversation={conversation} disabled={!can.answer} actions={actions} />
        {contact && (
          <Button
            component={Link}
            to={`/a/${slug}/contacts/${contact.id}`}
            size="compact-sm"
            variant="subtle"
            color="gray"
          >
            {contact.name || contact.email || t("contact")}
          </Button>
        )}
        {ticket && (
          <Button
            component={Link}
            to={`/a/${slug}/tickets/${ticket.number}`}
            size="compact-sm"
            variant="light"
            leftSection={<IconTicket size={15} stroke={1.7} />}
          >
            {t("ticket", { number: ticket.number })}
          </Button>
        )}
      </div>
    </header>
  );
}

function More({ conversation, actions }: Pick<Props, "conversation" | "actions">) {
  const { t } = useTranslation(["inbox", "common"]);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("common:more")}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!conversation.ticket && (
          <Menu.Item leftSection={<IconTicket size={15} stroke={1.7} />} onClick={actions.makeTicket}>
            {t("makeTicket")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconMailOff size={15} stroke={1.7} />} onClick={actions.spam}>
          {t("spam")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface PickProps {
  conversation: Conversation;
  disabled: boolean;
  actions: Actions;
}

function AssigneePicker({ conversation, disabled, actions }: PickProps) {
  const { t, i18n } = useTranslation("inbox");
  const people = (useQuery(peopleQuery()).data?.items ?? [])
    .filter((member) => member.active && member.has_seat && member.joined_at !== null)
    .sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  const { assignee } = conversation;
  return (
    <Picker
      label={t("assignee")}
      disabled={disabled}
      value={assignee?.member_id ?? nobody}
      fallback={assignee ? { value: assignee.member_id, label: assignee.name } : undefined}
      choices={[
        { value: nobody, label: t("common:nobody"), icon: <span className={head.nobody} /> },
        ...people.map((member) => ({
          value: member.id,
          label: member.name,
          icon: <PersonFace person={member} size={18} spoken={false} />,
        })),
      ]}
      onChange={(value) => actions.change({ assignee: value || null })}
    />
  );
}

function TeamPicker({ conversation, disabled, actions }: PickProps) {
  const { t, i18n } = useTranslation("inbox");
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  if (teams.length === 0) return null;
  return (
    <Picker
      label={t("team")}
      disabled={disabled}
      value={conversation.team?.id ?? nobody}
      choices={[
        { value: nobody, label: t("common:noTeam") },
        ...[...teams]
          .sort((a, b) => a.name.localeCompare(b.name, i18n.language))
          .map((team) => ({ value: team.id, label: team.name })),
      ]}
      onChange={(value) => actions.change({ team: value || null })}
    />
  );
}
