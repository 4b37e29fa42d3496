// The help desk: the list of tickets, and beside it the ticket that is open.
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useMatchRoute, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { countsQuery } from "@/api/tickets";
import { TicketList } from "./TicketList";
import classes from "./TicketsPage.module.css";
import { defaultView } from "./views";

export function TicketsPage() {
  const { t } = useTranslation("tickets");
  const { slug } = useParams({ from: "/a/$slug" });
  const { view = defaultView, pipeline } = useSearch({ from: "/a/$slug/tickets" });
  const open = useMatchRoute()({ to: "/a/$slug/tickets/$number" });
  const me = useMe();
  const unassigned = useQuery(countsQuery()).data?.unassigned.n ?? 0;
  useDocumentTitle(`${unassigned ? `(${unassigned}) ` : ""}${t(`view.${view}`)} · ${me.account.name}`);

  return (
    <div className={classes.desk} data-open={open ? true : undefined}>
      <TicketList
        key={`${view} ${pipeline}`}
        slug={slug}
        view={view}
        pipeline={pipeline}
        openNumber={open ? open.number : null}
      />
      {open && (
        <div className={classes.ticket}>
          <Outlet />
        </div>
      )}
    </div>
  );
}
