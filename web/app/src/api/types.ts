// The shapes the API speaks, by the names the app calls them; they come from the server's own description.
// Times are ISO-8601 in UTC, ids are UUID strings.
import type { Schemas } from "@kanal/client";

export interface Page<T> {
  items: T[];
  next: string | null;
}

export type Session = Schemas["Session"];
export type SessionAccount = Schemas["SessionAccount"];
export type SignedInSession = Schemas["OpenSession"];
export type OneTimeLink = Schemas["LinkState"];
export type TotpSetup = Schemas["Enrolment"];
export type Me = Schemas["Me"];
export type Member = Schemas["MemberOut"];
export type Role = Member["role"];
export type Team = Schemas["Team"];
export type Notice = Schemas["Notice"];
export type Contact = Schemas["ContactOut"];

export type Status = Schemas["ShownStatus"];
export type Pipeline = Schemas["PipelineOut"];
export type Named = Schemas["Named"];
export type Address = Schemas["ShownAddress"];
export type Ticket = Schemas["Ticket"];
export type Priority = Ticket["priority"];
export type Participant = Schemas["Participant"];
export type ReplyOptions = Schemas["ReplyForm"];
export type TicketDetail = Schemas["WholeTicket"];

export type Attachment = Schemas["ShownAttachment"];
export type Delivery = Schemas["ShownDelivery"];
export type DeliveryState = Delivery["state"];
export type MessageItem = Schemas["MessageOut"];
export type CommentItem = Schemas["ShownComment"];
export type AddedComment = Schemas["AddedComment"];
export type EventItem = Schemas["ShownEvent"];
export type Timeline = Schemas["TimelineOut"];
export type TimelineItem = Timeline["items"][number];
export type Draft = Schemas["DraftOut"];
export type ReplyBody = Schemas["ReplyIn"];

export type Field = Schemas["FieldOut"];
export type Kind = Schemas["KindOut"];
export type RawEvent = Schemas["RawEventOut"];

/** What a channel can be set to is its kind's affair; each kind's screens know their own. */
export type Channel = Omit<Schemas["ChannelOut"], "settings"> & { settings: Record<string, unknown> };

/** One fact from the live socket, which the API's description does not cover: ids and field names, never texts. */
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
