// What a notice is about, and where it leads.
import type { Notice } from "@/api/types";

export function aboutOf({ ticket, channel }: Notice): string | undefined {
  if (ticket) return `#${ticket.number} ${ticket.subject}`;
  return channel?.name;
}

/** What it says; that a channel works again is told by the same kind as that it is broken, and that a reply is held back
 * because the customer wrote by the same as that it failed. */
export function newsOf({ kind, why }: Notice) {
  if (kind === "reply_failed" && why === "held") return "reply_held";
  return kind === "channel_attention" && why === "works" ? "channel_works" : kind;
}

export function wayOf(slug: string, { ticket, channel }: Notice) {
  if (ticket)
    return {
      to: "/a/$slug/tickets/$number" as const,
      params: { slug, number: String(ticket.number) },
    };
  if (channel)
    return {
      to: "/a/$slug/settings/channels/$channelId" as const,
      params: { slug, channelId: channel.id },
    };
  return null;
}
