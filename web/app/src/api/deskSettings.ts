// What holds for the whole desk.
import type { Schemas } from "@kanal/client";
import { queryOptions } from "@tanstack/react-query";
import { accountKey } from "./desk";
import { get, patch } from "./http";

export type DeskSettings = Schemas["DeskSettingsOut"];
/** What is left out stays as it is. */
export type DeskSettingsChange = Schemas["DeskSettingsPatch"];

export const deskSettingsQuery = () =>
  queryOptions({
    queryKey: accountKey("desk-settings"),
    queryFn: () => get<DeskSettings>("/desk-settings"),
  });
export const changeDeskSettings = (change: DeskSettingsChange) =>
  patch<DeskSettings>("/desk-settings", change);
