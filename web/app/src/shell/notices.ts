// What a notice is about, where it leads, and which stand together.
import type { Notice } from "@/api/types";

/** The notices of one ticket, or of one conversation, that follow each other: the newest speaks for them. */
export interface Told {
  newest: Notice;
  /** Of those that are unread, or of all where none is. */
  ids: string[];
  unread: boolean;
}

/** Newest first, one entry for each thing that was told of. */
export function grouped(items: Notice[]): Told[] {
  const found = new Map<string, Notice[]>();
  for (const notice of items) {
    const about = notice.ticket?.id ?? notice.conversation?.id ?? notice.id;
    found.set(about, [...(found.get(about) ?? []), notice]);
  }
  return [...found.values()].map((notices) => {
    const unread = notices.filter((notice) => !notice.read);
    const shown = unread.length > 0 ? unread : notices;
    return { newest: shown[0] as Notice, ids: shown.map(({ id }) => id), unread: unread.length > 0 };
  });
}

export function aboutOf({ ticket, conversation, channel }: Notice): string | undefined {
  if (ticket) return `#${ticket.number} ${ticket.subject}`;
  return conversation?.subject ?? channel?.name;
}

/** What it says; that a channel works again is told by the same kind as that it is broken, and that a reply is held back
 * because the customer wrote by the same as that it failed. */
export function newsOf({ kind, why, conversation }: Notice) {
  if (kind === "reply_failed" && why === "held") return "reply_held";
  if (kind === "assigned" && conversation) return "assigned_conversation";
  return kind === "channel_attention" && why === "works" ? "channel_works" : kind;
}

export function wayOf(slug: string, { ticket, conversation, channel }: Notice) {
  if (ticket)
    return {
      to: "/a/$slug/tickets/$number" as const,
      params: { slug, number: String(ticket.number) },
    };
  if (conversation)
    return {
      to: "/a/$slug/inbox/$inboxId/$conversationId" as const,
      params: { slug, inboxId: conversation.inbox_id, conversationId: conversation.id },
    };
  if (channel)
    return {
      to: "/a/$slug/settings/channels/$channelId" as const,
      params: { slug, channelId: channel.id },
    };
  return null;
}
