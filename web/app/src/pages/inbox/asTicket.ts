// A conversation of an inbox, as the timeline and the composer know tickets: without a number, a priority or a pipeline.
import { apart, type Conversation } from "@/api/inboxes";
import type { TicketDetail } from "@/api/types";

export function asTicket(conversation: Conversation): TicketDetail {
  const { id, assignee, state, ticket: _, inbox, participants, ...same } = conversation;
  const closed = state === "closed";
  return {
    ...same,
    id: apart(id),
    number: 0,
    description: "",
    source: "message",
    status: { id: state, key: state, name: state, is_closed: closed },
    pipeline: inbox,
    priority: "normal",
    custom: {},
    tags: [],
    assignee: assignee && { id: assignee.member_id, name: assignee.name },
    conversations: [{ id, channel: conversation.channel, state, participants }],
    linked: [],
    also_in: [],
    followers: [],
    following: false,
    merged: [],
    merged_into: null,
    snoozed_until: null,
    deleted_at: null,
    restore_until: null,
    to_connect: null,
  };
}
