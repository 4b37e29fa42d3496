// How I hear of each kind of news.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, put } from "./http";

export const noticeKinds = [
  "assigned",
  "customer_answered",
  "mentioned",
  "followed_activity",
  "snooze_over",
  "returned",
  "waiting_too_long",
  "contact_owner",
  "reply_failed",
  "bulk_done",
  "channel_attention",
] as const;
export const noticeWays = ["app", "desktop", "mail", "digest"] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export type NoticeWay = (typeof noticeWays)[number];
export type NoticePreferences = Schemas["NoticePreferences"];
export type NoticeTimes = Schemas["NoticeTimes"];
export type Wish = Schemas["Wish"];

/** A tick and what goes with it: a digest is a mail, of what is unread in the app. */
export function ticked(wish: Wish, way: NoticeWay, on: boolean): Wish {
  if (way === "digest")
    return on ? { ...wish, app: true, mail: true, digest: true } : { ...wish, digest: false };
  if (way === "app" && !on) return { ...wish, app: false, digest: false };
  return way === "mail" && !on ? { ...wish, mail: false, digest: false } : { ...wish, [way]: on };
}

export const noticePreferencesQuery = () =>
  queryOptions({
    queryKey: accountKey("notice-preferences"),
    queryFn: () => get<NoticePreferences>("/me/notice-preferences"),
  });
/** Kinds that are left out stay as they are. */
export const chooseNotices = (change: Partial<NoticePreferences>) =>
  put<NoticePreferences>("/me/notice-preferences", change);

export const noticeTimesQuery = () =>
  queryOptions({
    queryKey: accountKey("notice-times"),
    queryFn: () => get<NoticeTimes>("/me/notice-times"),
  });
export const chooseTimes = (times: NoticeTimes) => put<NoticeTimes>("/me/notice-times", times);
