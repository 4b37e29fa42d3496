// How I hear of each kind of news.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, put } from "./http";

export const noticeKinds = [
  "assigned",
  "customer_answered",
  "returned",
  "waiting_too_long",
  "contact_owner",
  "reply_failed",
  "channel_attention",
] as const;
export const noticeWays = ["app", "desktop", "mail"] as const;
export type NoticePreferences = Schemas["NoticePreferences"];

export const noticePreferencesQuery = () =>
  queryOptions({
    queryKey: accountKey("notice-preferences"),
    queryFn: () => get<NoticePreferences>("/me/notice-preferences"),
  });
/** Kinds that are left out stay as they are. */
export const chooseNotices = (change: Partial<NoticePreferences>) =>
  put<NoticePreferences>("/me/notice-preferences", change);
