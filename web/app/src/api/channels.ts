// Channels: how they are connected, checked, switched and removed.
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
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
}
export interface ChannelChange {
  name?: string;
  active?: boolean;
  settings?: object;
  open_to?: Channel["open_to"];
  team_ids?: string[];
  make_tickets_of_held?: boolean;
  routing?: Routing;
}
export interface SmtpCheck {
  smtp: object;
  address: string;
  /** Lends its stored password to a check of changed settings. */
  channel_id?: string;
}

export const createChannel = (body: NewChannel) => post<Channel>("/channels", body);
export const changeChannel = (id: string, body: ChannelChange) => patch<Channel>(`/channels/${id}`, body);
export const deleteChannel = (id: string, confirmName: string) =>
  del(`/channels/${id}`, { confirm_name: confirmName });
export const sendTestMail = (id: string, to: string) =>
  post<{ sent: true; server_said: string }>(`/channels/${id}/test-mail`, { to });
export const checkSmtp = (check: SmtpCheck) =>
  post<{ ok: true; server_said: string }>("/channels/check-smtp", check);

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
