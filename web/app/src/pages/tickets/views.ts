// The views of the help desk: their names and icons, and the one that is on the screen.
import {
  IconAlertTriangle,
  IconAt,
  IconChecks,
  IconClockHour4,
  IconEye,
  IconHourglassEmpty,
  IconInbox,
  IconLayoutList,
  IconMailOff,
  IconStack2,
  IconTrash,
  IconUser,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMatchRoute, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { type View, type ViewCount, viewsQuery } from "@/api/views";

const icons = {
  unassigned: IconInbox,
  mine: IconUser,
  teams: IconUsersGroup,
  open: IconStack2,
  mentions: IconAt,
  following: IconEye,
  waiting: IconHourglassEmpty,
  failed: IconAlertTriangle,
  snoozed: IconClockHour4,
  spam: IconMailOff,
  closed: IconChecks,
  deleted: IconTrash,
};

export type DefaultKey = keyof typeof icons;
export const defaultKeys = Object.keys(icons) as DefaultKey[];
export const isDefaultKey = (value: unknown): value is DefaultKey =>
  typeof value === "string" && Object.hasOwn(icons, value);

/** An id in the address; anything else there is left out. */
export const isId = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** In addresses that were kept, a view has its earlier name. */
export function viewKey(value: unknown): string | undefined {
  if (value === "team") return "teams";
  return isDefaultKey(value) || isId(value) ? value : undefined;
}

/** The view of an address that names none. */
export const defaultView = "open";

export const viewIcon = (key: string) => (isDefaultKey(key) ? icons[key] : IconLayoutList);

/** Those that are worth a number beside them: nobody works what is closed or deleted. */
export const isCounted = (key: string) => !["closed", "deleted"].includes(key);

/** "12", "10,000+"; nothing where it is not known. */
export function countText(count: ViewCount | undefined, language: string): string | null {
  if (!count || count.unknown) return null;
  return new Intl.NumberFormat(language).format(count.n) + (count.capped ? "+" : "");
}

type Titled = Pick<View, "key" | "name">;

export function useViewName(): (view: Titled) => string {
  const { t } = useTranslation("tickets");
  return useCallback(
    ({ key, name }: Titled) => (isDefaultKey(key) ? t(`view.${key}`) : name || t("view.gone")),
    [t],
  );
}

const plain = (key: string): View => ({
  key,
  name: "",
  is_default: true,
  filter: {},
  columns: [],
  sort: "-last_message_at",
  layout: "split",
  shared_with: "everyone",
  teams: [],
  owner: null,
  may_edit: false,
  hidden: !early.includes(key),
  version: 0,
  own: null,
  problems: [],
});
const early = ["unassigned", "mine", "teams", "open", "failed"];

/** In the member's order. Before they are read, the names that everybody has stand there already. */
export function useViews(): { views: View[]; known: boolean } {
  const read = useQuery(viewsQuery()).data;
  return { views: read?.items ?? standing, known: read !== undefined };
}
const standing = defaultKeys.map(plain);

/** The view in the address; undefined where there is none of that key, or not yet. */
export function useView(key: string): { view: View | undefined; known: boolean } {
  const { views, known } = useViews();
  const found = views.find((view) => view.key === key);
  return { view: known ? found : isDefaultKey(key) ? plain(key) : undefined, known };
}

/** The view on the screen, if it is the help desk at all. */
export function useCurrentView(): string | null {
  const inDesk = useMatchRoute()({ to: "/a/$slug/tickets", fuzzy: true });
  const { view } = useSearch({ strict: false });
  return inDesk ? (view ?? defaultView) : null;
}
