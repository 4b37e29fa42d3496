// The frame of every page of an account: rail, page, live connection, notices, and the keys that work everywhere.
import { useDisclosure } from "@mantine/hooks";
import {
  IconArrowBackUp,
  IconCommand,
  IconKeyboard,
  IconPencilPlus,
  IconTicket,
  IconUserCheck,
} from "@tabler/icons-react";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { useKeys } from "@/kit/keys";
import { undoLast } from "@/kit/undoing";
import { Connected } from "@/live/Connected";
import { useNoticeAlerts } from "@/live/useNoticeAlerts";
import { useDialog } from "@/pages/tickets/dialogs";
import { useWatchedJobs } from "@/pages/tickets/selection/jobs";
import { BottomBar } from "./BottomBar";
import { ConnectionNote } from "./ConnectionNote";
import { KeyHint } from "./KeyHint";
import { PageLoading } from "./PageLoading";
import { hearEarly, stopHearing } from "./palette/early";
import { Rail } from "./Rail";
import classes from "./Shell.module.css";
import { useGoKeys } from "./useGoKeys";
import { useMyAvailability } from "./useMyAvailability";

const ViewDialogs = lazy(() =>
  import("@/pages/tickets/ViewDialogs").then((module) => ({ default: module.ViewDialogs })),
);
const BulkTray = lazy(() =>
  import("@/pages/tickets/selection/BulkTray").then((module) => ({ default: module.BulkTray })),
);
const Palette = lazy(() => import("./palette/Palette").then((module) => ({ default: module.Palette })));
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
  const dialog = useDialog();
  const jobs = useWatchedJobs();
  const [cheatSheet, { open, close }] = useDisclosure(false);
  const [palette, { toggle: togglePalette, close: closePalette }] = useDisclosure(false, {
    onOpen: hearEarly,
    onClose: stopHearing,
  });
  useGoKeys(slug);
  useKeys("anywhere", [
    {
      id: "palette",
      keys: "mod+k",
      label: t("keys.palette"),
      icon: IconCommand,
      unlisted: true,
      run: togglePalette,
    },
    { id: "help", keys: "?", label: t("keys.help"), icon: IconKeyboard, run: open },
    { id: "undo", keys: "z", label: t("keys.undo"), icon: IconArrowBackUp, run: undoLast },
    {
      id: "availability",
      keys: "shift+a",
      label: t("keys.availability"),
      icon: IconUserCheck,
      run: toggleAvailability,
    },
    {
      id: "write",
      keys: "n",
      label: t("keys.newMail"),
      icon: IconPencilPlus,
      enabled: can.answer,
      run: () => navigate({ to: "/a/$slug/write", params: { slug } }),
    },
    {
      id: "newTicket",
      keys: "shift+n",
      label: t("keys.newTicket"),
      icon: IconTicket,
      enabled: can.answer,
      run: () => navigate({ to: "/a/$slug/new-ticket", params: { slug } }),
    },
  ]);
  return (
    <Connected slug={slug} onEvents={alertNotices}>
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
      <Suspense>
        <KeyHint />
      </Suspense>
      <Suspense>{jobs.length > 0 && <BulkTray slug={slug} />}</Suspense>
      <Suspense>{dialog && <ViewDialogs slug={slug} dialog={dialog} />}</Suspense>
      {palette && (
        <Suspense>
          <Palette slug={slug} onClose={closePalette} />
        </Suspense>
      )}
      {cheatSheet && (
        <Suspense>
          <CheatSheet opened onClose={close} />
        </Suspense>
      )}
    </Connected>
  );
}
