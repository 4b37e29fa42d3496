// Addresses of files: a link or an image cannot carry the account's header, so the account is in the query.
import { currentAccount } from "./http";

export function fileUrl(url: string, inline = false): string {
  const [path, query] = url.split("?");
  const params = new URLSearchParams(query);
  const account = currentAccount();
  if (account && !params.has("account")) params.set("account", account);
  if (inline) params.set("inline", "1");
  return `${path}?${params}`;
}

export const rawSourceUrl = (rawEventId: string) => fileUrl(`/api/v1/raw-events/${rawEventId}/raw`);
