// By which address what carries no answers itself is answered: as the desk decides it.
import type { Channel, Kind } from "@/api/types";

/** The channels that can write to an email address first, oldest first. */
export function answerers(channels: readonly Channel[], kinds: readonly Kind[]): Channel[] {
  const able = new Set(kinds.filter(writesMail).map((kind) => kind.kind));
  return channels.filter((channel) => !channel.deleted_at && able.has(channel.kind));
}

/** Whom the desk chooses where nobody chose: the fallback that was set, else the oldest that can. */
export function deskChoice(among: readonly Channel[], fallback: string | null | undefined): Channel | null {
  const active = among.filter((channel) => channel.active);
  return active.find((channel) => channel.id === fallback) ?? active[0] ?? null;
}

function writesMail(kind: Kind): boolean {
  const { starts, reaches } = kind.capabilities as { starts?: boolean; reaches?: string[] };
  return starts === true && (reaches ?? []).includes("email");
}
