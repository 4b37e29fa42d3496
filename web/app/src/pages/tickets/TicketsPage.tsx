// The help desk: the tickets of a view, and the one that is open.
import { useDocumentTitle, useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useMatchRoute, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { type View, viewCountsQuery, viewsQuery } from "@/api/views";
import { FailedList } from "./FailedList";
import { ListSkeleton } from "./ListSkeleton";
import { NoSuchView } from "./NoSuchView";
import { SelectionProvider, useSelection } from "./selection/useSelection";
import { TicketList } from "./TicketList";
import classes from "./TicketsPage.module.css";
import { defaultView, useViewName } from "./views";

const Board = lazy(() => import("./board/Board").then((module) => ({ default: module.Board })));

export function TicketsPage() {
  const { view: key = defaultView } = useSearch({ from: "/a/$slug/tickets" });
  const read = useQuery(viewsQuery());
  const view = read.data?.items.find((one) => one.key === key);
  if (view) return <Desk key={key} view={view} />;
  return (
    <Frame layout="split">
      <section className={classes.list}>
        {read.isPending && <ListSkeleton />}
        {read.isError && !read.data && <FailedList error={read.error} onRetry={read.refetch} />}
        {read.data && <NoSuchView />}
      </section>
    </Frame>
  );
}

function Desk({ view }: { view: View }) {
  const { t } = useTranslation("tickets");
  const { slug } = useParams({ from: "/a/$slug" });
  const { pipeline } = useSearch({ from: "/a/$slug/tickets" });
  const open = useMatchRoute()({ to: "/a/$slug/tickets/$number" });
  const me = useMe();
  const viewName = useViewName();
  const unassigned = useQuery(viewCountsQuery()).data?.unassigned?.n ?? 0;
  const selecting = useSelection();
  const roomy = useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false });
  // A table with as many columns as a phone is wide would be no table.
  const layout = view.layout === "table" && !roomy ? "split" : view.layout;
  useDocumentTitle(`${unassigned ? `(${unassigned}) ` : ""}${viewName(view)} · ${me.account.name}`);
  const shown = { slug, view, pipeline, openNumber: open ? open.number : null };
  return (
    <SelectionProvider value={selecting}>
      <Frame layout={layout}>
        {layout === "board" ? (
          <Suspense
            fallback={
              <section className={classes.list} aria-label={t("common:loading")}>
                <ListSkeleton />
              </section>
            }
          >
            <Board key={pipeline} {...shown} />
          </Suspense>
        ) : (
          <TicketList key={pipeline} {...shown} layout={layout} />
        )}
      </Frame>
    </SelectionProvider>
  );
}

function Frame({ layout, children }: { layout: View["layout"]; children: React.ReactNode }) {
  const open = useMatchRoute()({ to: "/a/$slug/tickets/$number" });
  return (
    <div className={classes.desk} data-open={open ? layout : undefined}>
      {children}
      {open && (
        <div className={classes.ticket}>
          <Outlet />
        </div>
      )}
    </div>
  );
}
