// The shapes the API speaks: times are ISO-8601 in UTC, ids are UUID strings.

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Role = "super_admin" | "admin" | "agent" | "viewer";
export type Priority = "low" | "normal" | "high" | "urgent";

export interface SessionAccount {
  id: string;
  slug: string;
  name: string;
  role: Role;
  has_seat: boolean;
  member_id: string;
}

export interface Session {
  user: { id: string; name: string; email: string; locale: "en" | "sv"; totp_enabled: boolean };
  accounts: SessionAccount[];
}

export interface SignedInSession {
  id: string;
  created_at: string;
  ip: string;
  user_agent: string;
  current: boolean;
}

export interface OneTimeLink {
  purpose: "first_run" | "password_reset";
  email: string;
}

export interface TotpSetup {
  secret: string;
  uri: string;
  svg: string;
}

export interface Me {
  member_id: string;
  name: string;
  email: string;
  role: Role;
  has_seat: boolean;
  can: { answer: boolean; manage_channels: boolean; see_raw: boolean };
  outgoing_mail_ready: boolean;
  account: { id: string; slug: string; name: string };
  public_url: string;
  mail_domain: string;
  mail_domain_is_loopback: boolean;
  unread_notices: number;
  live_cursor: number;
}

export interface Member {
  id: string;
  name: string;
  email: string;
  role: Role;
  has_seat: boolean;
  active: boolean;
}

export interface Team {
  id: string;
  name: string;
  member_ids: string[];
}

export interface Status {
  id: string;
  key: string;
  name: string;
  is_closed: boolean;
  position?: number;
}

export interface Pipeline {
  id: string;
  name: string;
  is_default: boolean;
  statuses: Status[];
}

export interface Named {
  id: string;
  name: string;
}

export interface Address {
  name: string | null;
  address: string;
}

export interface Ticket {
  id: string;
  number: number;
  subject: string;
  status: Status;
  priority: Priority;
  team: Named | null;
  assignee: Named | null;
  contact: { id: string; name: string | null; email: string | null } | null;
  channel: { id: string; kind: string; name: string; deleted: boolean } | null;
  version: number;
  created_at: string;
  last_message_at: string | null;
  closed_at: string | null;
  waiting_since: string | null;
  last_direction: "in" | "out" | null;
  snippet: string;
  has_failed_reply: boolean;
  unread: boolean;
}

export interface Participant {
  name: string | null;
  address: string;
  role: "contact" | "cc" | "new_person";
}

export interface ReplyOptions {
  possible: boolean;
  /** Why not or, where it is possible, why the answer would have to wait. */
  reason: string | null;
  how: string | null;
  from: Address | null;
  to: string[];
  cc: string[];
  new_people: string[];
  suggested_subject: string;
}

export interface TicketDetail extends Ticket {
  description: string | null;
  conversations: {
    id: string;
    channel: { id: string; kind: string; name: string };
    state: string;
    participants: Participant[];
  }[];
  linked: { id: string; number: number; subject: string; why: string }[];
  also_in: { ticket_id: string; number: number; channel_name: string }[];
  reply: ReplyOptions;
}

export type CountName = "open" | "mine" | "unassigned" | "team" | "failed" | "closed";
export type Counts = Record<CountName, { n: number; capped: boolean }>;

export interface Attachment {
  id: string;
  name: string;
  content_type: string;
  size: number;
  url: string;
  is_image: boolean;
  inline?: boolean;
  content_id?: string | null;
}

export type DeliveryState = "queued" | "sending" | "sent" | "failed" | "unknown" | "bounced";

export interface Delivery {
  id: string;
  state: DeliveryState;
  reason: string | null;
  at: string;
  not_before: string | null;
  can_retry: boolean;
  can_confirm: boolean;
  can_cancel: boolean;
}

export interface MessageItem {
  type: "message";
  id: string;
  direction: "in" | "out";
  at: string;
  text: string;
  html: string | null;
  quoted: { text: string; html: string | null } | null;
  from: Address & { member_id: string | null; contact_id: string | null };
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  channel: { id: string; name: string } | null;
  attachments: Attachment[];
  delivery: Delivery | null;
  auto: "auto_reply" | "machine" | "bounce" | "list" | null;
  trust: { spf: string | null; dkim: string | null; dmarc: string | null; verdict: "pass" | "fail" | "none" };
  new_person: boolean;
  remote_images: number;
  raw_event_id: string | null;
  raw_only: boolean;
  flags: string[];
}

export interface CommentItem {
  type: "comment";
  id: string;
  at: string;
  text: string;
  html: string | null;
  author: { member_id: string; name: string } | null;
  attachments: Attachment[];
}

export interface EventItem {
  type: "event";
  id: string;
  at: string;
  name: string;
  actor: { member_id: string; name: string } | null;
  data: Record<string, unknown>;
  text: { from?: string | null; to?: string | null };
}

export type TimelineItem = MessageItem | CommentItem | EventItem;

export interface Timeline {
  version: number;
  items: TimelineItem[];
  next: string | null;
}

export interface Draft {
  html: string;
  to: string[];
  cc: string[];
  bcc: string[];
  attachments: Attachment[];
  mode: "reply" | "comment";
  seen_version: number | null;
  updated_at: string;
}

export interface ReplyBody {
  html: string;
  to?: string[];
  cc?: string[];
  bcc?: string[];
  attachments?: string[];
  seen_version: number;
  status?: string;
  include_new_people?: string[];
}

export interface Contact {
  id: string;
  name: string | null;
  handles: { id: string; kind: string; address: string }[];
  created_at: string;
  tickets: { id: string; number: number; subject: string; status: Status; created_at: string }[];
}

export interface Notice {
  id: string;
  kind: "assigned" | "customer_answered" | "reply_failed";
  ticket: { id: string; number: number; subject: string } | null;
  actor: { member_id?: string; name: string } | null;
  at: string;
  read: boolean;
}

export interface Field {
  name: string;
  label: string;
  type: "text" | "email" | "password" | "number" | "select" | "switch" | "textarea";
  required: boolean;
  help: string | null;
  placeholder: string | null;
  options?: { value: string; label: string }[];
}

export interface Kind {
  kind: string;
  name: string;
  description: string;
  methods: { key: string; name: string; description: string; settings_form: Field[] }[];
  capabilities: Record<string, unknown>;
}

export interface SmtpSettings {
  host: string;
  port: number;
  security: "tls" | "starttls" | "none";
  username: string | null;
  has_password?: boolean;
  password?: string;
}

export interface ChannelSettings {
  address: string;
  forwarding_address?: string;
  method: "forwarding";
  from_name_mode: "agent_company" | "company";
  company_name: string;
  signature_html: string;
  smtp: SmtpSettings | null;
}

export interface Channel {
  id: string;
  kind: string;
  name: string;
  active: boolean;
  authorized: boolean;
  health: { state: "ok" | "waiting" | "attention" | "off"; reason: string | null; since: string };
  inbox: { id: string; kind: string; name: string };
  settings: ChannelSettings;
  routing: Record<string, unknown>;
  open_to: "account" | "teams";
  team_ids: string[];
  held: number;
  created_at: string;
  deleted_at: string | null;
  first_mail_at: string | null;
}

export interface RawEvent {
  id: string;
  received_at: string;
  external_id: string | null;
  channel: { id: string; name: string };
  size: number;
  fate: {
    state: string;
    reason: string | null;
    ticket: { id: string; number: number } | null;
    next_try_at: string | null;
  };
  envelope: {
    mail_from: string | null;
    rcpt_to: string[] | string;
    client: string | null;
    helo: string | null;
    tls: boolean | string | null;
  };
}

/** One fact from the live socket: ids and field names only, never texts. */
export interface LiveEvent {
  seq: number;
  name: string;
  at: string;
  actor_member_id: string | null;
  ticket_id: string | null;
  conversation_id: string | null;
  channel_id: string | null;
  contact_id: string | null;
  data: Record<string, unknown>;
}
