// The address by which people know a channel; "" for kinds that have none.
import type { Channel } from "@/api/types";

export function addressOf(channel: Channel): string {
  const { address } = channel.settings;
  return typeof address === "string" ? address : "";
}
