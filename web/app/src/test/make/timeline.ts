// Makes tickets and timeline items for tests; what a test cares about it says itself.
import type {
  CommentItem,
  Delivery,
  EventItem,
  LiveEvent,
  MessageItem,
  Ticket,
  TicketDetail,
} from "@/api/types";

export function makeMessage(part: Partial<MessageItem> = {}): MessageItem {
  return {
    type: "message",
    id: "m1",
    conversation_id: "v1",
    direction: "in",
    at: "2026-03-02T10:00:00Z",
    text: "Hello",
    html: null,
    quoted: null,
    from: { name: "Elin Berg", address: "elin@post.example", member_id: null, contact_id: "c1" },
    to: [{ name: "Support", address: "support@demo.example" }],
    cc: [],
    bcc: [],
    subject: "Lamp",
    channel: { id: "ch1", name: "Support" },
    attachments: [],
    delivery: null,
    auto: null,
    trust: { spf: "pass", dkim: "pass", dmarc: "pass", verdict: "pass" },
    new_person: false,
    remote_images: 0,
    raw_event_id: null,
    raw_only: false,
    flags: [],
    answers: [],
    about_id: null,
    is_forward: false,
    sent_elsewhere: false,
    forwarded: null,
    signals: { first_time: false, reply_to: "", hidden_behind: "", looks_like: "" },
    invitation: null,
    receipt_to: "",
    receipt_sent_at: null,
    ...part,
  };
}

export function makeDelivery(part: Partial<Delivery> = {}): Delivery {
  return {
    id: "d1",
    message_id: "m1",
    state: "sent",
    reason: null,
    at: "2026-03-02T10:00:00Z",
    not_before: null,
    send_at: null,
    held: false,
    can_retry: false,
    can_confirm: false,
    can_cancel: false,
    ...part,
  };
}

export function makeComment(part: Partial<CommentItem> = {}): CommentItem {
  return {
    type: "comment",
    id: "k1",
    at: "2026-03-02T10:05:00Z",
    text: "Ask finance",
    html: null,
    author: { member_id: "sven", name: "Sven" },
    attachments: [],
    mentions: [],
    ...part,
  };
}

export function makeEvent(part: Partial<EventItem> = {}): EventItem {
  return {
    type: "event",
    id: "e1",
    at: "2026-03-02T10:06:00Z",
    name: "ticket.assigned",
    actor: { member_id: "sven", name: "Sven" },
    data: {},
    rule: null,
    text: { from: null, to: null },
    ...part,
  };
}

export function makeTicket(part: Partial<Ticket> = {}): Ticket {
  return {
    id: "t1",
    number: 7,
    subject: "Lamp",
    status: { id: "s1", key: "new", name: "New", is_closed: false },
    priority: "normal",
    team: null,
    assignee: null,
    contact: { id: "c1", name: "Elin Berg", email: "elin@post.example" },
    channel: { id: "ch1", kind: "email", name: "Support", deleted: false },
    pipeline: { id: "p1", name: "Support" },
    custom: {},
    version: 1,
    created_at: "2026-03-02T09:00:00Z",
    last_message_at: "2026-03-02T10:00:00Z",
    closed_at: null,
    waiting_since: null,
    snoozed_until: null,
    deleted_at: null,
    last_direction: "in",
    snippet: "Hello",
    has_failed_reply: false,
    unread: false,
    following: false,
    merged_into: null,
    tags: [],
    ...part,
  };
}

export function makeTicketDetail(part: Partial<TicketDetail> = {}): TicketDetail {
  return {
    ...makeTicket(),
    description: "",
    conversations: [],
    linked: [],
    to_connect: null,
    also_in: [],
    followers: [],
    merged: [],
    source: "message",
    restore_until: null,
    reply: {
      possible: true,
      reason: null,
      how: "email",
      from: null,
      to: ["elin@post.example"],
      cc: [],
      new_people: [],
      suggested_subject: "Re: Lamp",
    },
    ...part,
  };
}

export function makeLiveEvent(part: Partial<LiveEvent> = {}): LiveEvent {
  return {
    seq: 1,
    name: "message.received",
    at: "2026-03-02T10:00:00Z",
    actor_member_id: null,
    ticket_id: null,
    conversation_id: null,
    channel_id: null,
    contact_id: null,
    data: {},
    ...part,
  };
}
