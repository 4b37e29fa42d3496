// Channels: how they are connected, checked, switched and removed.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Acknowledgement } from "./automations";
import { accountKey } from "./desk";
import { del, get, patch, post } from "./http";
import type { Routing } from "./routing";
import type { Channel, Page } from "./types";

export const channelsQuery = () =>
  queryOptions({ queryKey: accountKey("channels"), queryFn: () => get<Page<Channel>>("/channels") });
export const channelQuery = (id: string) =>
  queryOptions({
    queryKey: accountKey("channels", id),
    queryFn: () => get<Channel>(`/channels/${id}`),
  });

export interface NewChannel {
  kind: string;
  name: string;
  settings: object;
  routing?: Record<string, unknown>;
  /** In which it will live; left out: the help desk. */
  inbox?: string;
  /** Whoever connects it agrees to what is read, stored and sent. */
  accepted?: boolean;
}
export interface ChannelChange {
  name?: string;
  active?: boolean;
  settings?: object;
  open_to?: Channel["open_to"];
  team_ids?: string[];
  make_tickets_of_held?: boolean;
  routing?: Routing;
  forwards_belong_to?: "original" | "forwarder";
  acknowledgement?: Acknowledgement;
}

/** A folder of a mailbox, as its server lists it. */
export interface Folder {
  name: string;
  role: "inbox" | "sent" | "drafts" | "junk" | "trash" | "archive" | "all" | "";
  messages: number | null;
}
/** How the mailbox of an address is reached, as far as could be found out. */
export interface Discovered {
  method: string;
  settings: Record<string, unknown>;
  provider: string;
  source: "preset" | "autoconfig" | "dns" | "guess" | "none";
  note: string;
}
export interface Check {
  kind: string;
  settings: object;
  /** Lends its stored secrets to a check of changed settings. */
  channel_id?: string;
}
export interface Checked {
  /** What the servers answered, by part such as `imap` and `smtp`. */
  said: Record<string, string>;
  folders: Folder[];
}

export const createChannel = (body: NewChannel) => post<Channel>("/channels", body);
export const changeChannel = (id: string, body: ChannelChange) => patch<Channel>(`/channels/${id}`, body);
export const deleteChannel = (id: string, confirmName: string) =>
  del(`/channels/${id}`, { confirm_name: confirmName });
export const sendTestMail = (id: string, to: string) =>
  post<{ sent: true; server_said: string }>(`/channels/${id}/test-mail`, { to });
export const checkChannel = (check: Check) => post<Checked>("/channels/check", check);
/** The folders of a channel's mailbox, as its server lists them now. */
export const channelFoldersQuery = (channel: Channel) =>
  queryOptions({
    queryKey: accountKey("channel-folders", channel.id),
    queryFn: () => checkChannel({ kind: channel.kind, settings: {}, channel_id: channel.id }),
    staleTime: 60_000,
    retry: false,
  });
export const discoverChannel = (kind: string, address: string) =>
  post<Discovered>("/channels/discover", { kind, address });
export const discoveredQuery = (kind: string, address: string) =>
  queryOptions({
    queryKey: accountKey("discovered", kind, address),
    queryFn: () => discoverChannel(kind, address),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
/** Sends the mail that has to come back, once more. */
export const proveChannel = (id: string) => post<void>(`/channels/${id}/prove`);

export interface ChannelPreview {
  from: string;
  signature_html: string;
}
/** How mail with these settings, finished or not, would look to its reader. */
export const previewQuery = (settings: object) =>
  queryOptions({
    queryKey: accountKey("channel-preview", settings),
    queryFn: () => post<ChannelPreview>("/channels/preview", { settings }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
