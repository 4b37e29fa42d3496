// What is done to the chosen tickets, or by key to the one that has the focus; the bar itself is fetched when the first
// is chosen.
import {
  IconArrowMerge,
  IconBan,
  IconCheck,
  IconClockHour4,
  IconEye,
  IconFlag,
  IconProgress,
  IconTag,
  IconTrash,
  IconUser,
  IconUserCheck,
} from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { View } from "@/api/views";
import { type Key, useKeys } from "@/kit/keys";
import type { MenuName } from "./menus";
import type { Chosen } from "./selection";
import { useBulk } from "./useBulk";
import { useSelecting } from "./useSelection";

const fetchActions = () => import("./BulkActions");
const BulkActions = lazy(() => fetchActions().then((module) => ({ default: module.BulkActions })));

/** By then the list stands. */
const fetchedAfter = 1_500;

interface Props {
  view: View;
  pipeline?: string;
}

export function BulkBar({ view, pipeline }: Props) {
  const { t } = useTranslation("tickets");
  const { can } = useMe();
  const selecting = useSelecting();
  const [menu, setMenu] = useState<MenuName | null>(null);
  const bulk = useBulk(view, pipeline);

  // It is here before the first key asks for it: what is typed next belongs to its menu.
  useEffect(() => {
    const timer = setTimeout(() => fetchActions().catch(console.error), fetchedAfter);
    return () => clearTimeout(timer);
  }, []);

  /** The chosen ones; without any the one that has the focus. */
  const act = (run: (which: Chosen[] | undefined) => void) => {
    if (!selecting.none) return run(undefined);
    const aimed = aimedAt(selecting.listed.current);
    if (aimed) run([aimed]);
  };
  const open = (name: MenuName) =>
    act((which) => {
      if (which) selecting.chooseThese(which);
      setMenu(name);
    });
  const one = (id: string, keys: string, icon: Key["icon"], run: () => void): Key => ({
    id: `bulk.${id}`,
    keys,
    icon,
    label: t(`key.bulk.${id}`),
    run,
    enabled: can.answer,
  });
  const keys = [
    one("close", "e", IconCheck, () => act((which) => bulk.start({ status: { status: "closed" } }, which))),
    one("take", "t", IconUserCheck, () => act((which) => bulk.start({ assign: { assignee: "me" } }, which))),
    one("assign", "a", IconUser, () => open("assign")),
    one("status", "s", IconProgress, () => open("status")),
    one("priority", "p", IconFlag, () => open("priority")),
    one("tags", "l", IconTag, () => open("tags")),
    one("snooze", "h", IconClockHour4, () => open("snooze")),
    one("merge", "m", IconArrowMerge, () => open("merge")),
    one("follow", "f", IconEye, () => act((which) => bulk.start({ follow: {} }, which))),
    one("spam", "!", IconBan, () => act((which) => bulk.start({ spam: {} }, which))),
    one("delete", "#", IconTrash, () => act((which) => bulk.start({ delete: {} }, which))),
  ];
  // With tickets chosen the keys mean those, also beside an open one.
  useKeys(selecting.none ? "list" : "selection", keys);

  return (
    <>
      {!selecting.none && (
        <Suspense>
          <BulkActions
            view={view}
            narrowed={pipeline !== undefined}
            bulk={bulk}
            menu={menu}
            onMenu={setMenu}
          />
        </Suspense>
      )}
      {bulk.question}
    </>
  );
}

function aimedAt(listed: readonly Chosen[]): Chosen | undefined {
  const row = document.activeElement?.closest<HTMLElement>("[data-ticket]");
  return row ? listed.find(({ id }) => id === row.dataset.ticket) : undefined;
}
