// The frame of every page of an account: rail, page, live connection, notices, and the keys that work everywhere.
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { LiveProvider } from "@/live/LiveProvider";
import { useNoticeAlerts } from "@/live/useNoticeAlerts";
import { BottomBar } from "./BottomBar";
import { ConnectionNote } from "./ConnectionNote";
import { PageLoading } from "./PageLoading";
import { Rail } from "./Rail";
import classes from "./Shell.module.css";
import { useMyAvailability } from "./useMyAvailability";

const CheatSheet = lazy(() => import("./CheatSheet").then((module) => ({ default: module.CheatSheet })));

export function Shell() {
  const { slug } = useParams({ from: "/a/$slug" });
  return <AccountShell key={slug} slug={slug} />;
}

function AccountShell({ slug }: { slug: string }) {
  const { t } = useTranslation("shell");
  const alertNotices = useNoticeAlerts(slug);
  const { toggle: toggleAvailability } = useMyAvailability();
  const { can } = useMe();
  const navigate = useNavigate();
  const [cheatSheet, { open, close }] = useDisclosure(false);
  useHotkeys([
    ["shift+?", open],
    ["?", open],
    ["shift+A", toggleAvailability],
    ["n", () => can.answer && navigate({ to: "/a/$slug/write", params: { slug } })],
  ]);
  return (
    <LiveProvider slug={slug} onEvents={alertNotices}>
      <div className={classes.shell}>
        <a href="#page" className={classes.skip}>
          {t("skip")}
        </a>
        <Rail slug={slug} onCheatSheet={open} />
        <main id="page" className={classes.page} tabIndex={-1}>
          <ConnectionNote />
          <Suspense fallback={<PageLoading />}>
            <Outlet />
          </Suspense>
        </main>
        <BottomBar slug={slug} />
      </div>
      {cheatSheet && (
        <Suspense>
          <CheatSheet opened onClose={close} />
        </Suspense>
      )}
    </LiveProvider>
  );
}
