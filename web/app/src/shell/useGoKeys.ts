// The keys that lead from anywhere to somewhere: g, then the place.
import {
  IconClockHour4,
  IconInbox,
  IconSearch,
  IconStack2,
  IconUser,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type Key, useKeys } from "@/kit/keys";

export const viewKeys = [
  ["unassigned", "g u", IconInbox],
  ["mine", "g m", IconUser],
  ["teams", "g t", IconUsersGroup],
  ["open", "g o", IconStack2],
  ["waiting", "g w", IconClockHour4],
] as const;

export function useGoKeys(slug: string): void {
  const { t } = useTranslation("keys");
  const navigate = useNavigate();
  const toView = (view: string) =>
    navigate({ to: "/a/$slug/tickets", params: { slug }, search: { view: view as never } });
  const toSearch = () => navigate({ to: "/a/$slug/search", params: { slug } });
  const keys: Key[] = viewKeys.map(([view, keys, icon]) => ({
    id: `go ${view}`,
    keys,
    label: t(`go.${view}`),
    icon,
    unlisted: true,
    run: () => toView(view),
  }));
  useKeys("anywhere", [
    { id: "search", keys: ["/", "g s"], label: t("go.search"), icon: IconSearch, run: toSearch },
    ...keys,
  ]);
}
