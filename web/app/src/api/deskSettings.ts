// What holds for the whole desk.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, patch } from "./http";

export type CaptchaProvider = "turnstile" | "hcaptcha";
export type DeskSettings = Schemas["DeskSettings"] & {
  /** Answers what came by a channel that carries none and chose nobody; null: the oldest that can. */
  fallback_channel: string | null;
  captcha: { provider: CaptchaProvider; site_key: string; has_secret: boolean } | null;
};
/** What is left out stays as it is. */
export interface DeskSettingsChange {
  capacity_max_age_days?: number | null;
  fallback_channel?: string | null;
  captcha?: { provider: CaptchaProvider; site_key: string; secret?: string } | null;
}

export const deskSettingsQuery = () =>
  queryOptions({
    queryKey: accountKey("desk-settings"),
    queryFn: () => get<DeskSettings>("/desk-settings"),
  });
export const changeDeskSettings = (change: DeskSettingsChange) =>
  patch<DeskSettings>("/desk-settings", change);
