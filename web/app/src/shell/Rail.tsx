// The left rail: account, notices, the views of the help desk with their counts, settings, oneself.
import { Tooltip, UnstyledButton } from "@mantine/core";
import {
  IconActivity,
  IconForms,
  IconKeyboard,
  IconMailOff,
  IconSearch,
  IconSettings,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useMatchRoute, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { countsQuery } from "@/api/tickets";
import { defaultView, type ViewName, viewCounts, viewIcons, views } from "@/pages/tickets/views";
import { NoticeBell } from "./NoticeBell";
import classes from "./Rail.module.css";
import { UserMenu } from "./UserMenu";

export function Rail({ slug, onCheatSheet }: { slug: string; onCheatSheet: () => void }) {
  const { t } = useTranslation("shell");
  const me = useMe();
  return (
    <nav className={classes.rail} aria-label={t("rail")}>
      <div className={classes.head}>
        <span className={classes.mark} aria-hidden="true">
          <Mark />
        </span>
        <span className={classes.account} title={me.account.name}>
          {me.account.name}
        </span>
        <NoticeBell slug={slug} />
      </div>

      <Link
        to="/a/$slug/search"
        params={{ slug }}
        className={classes.item}
        activeProps={{ "data-active": true }}
      >
        <IconSearch size={18} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{t("search")}</span>
      </Link>
      <div className={classes.heading}>{t("helpDesk")}</div>
      <Views slug={slug} />
      <Link
        to="/a/$slug/spam"
        params={{ slug }}
        className={classes.item}
        activeProps={{ "data-active": true }}
      >
        <IconMailOff size={18} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{t("spam")}</span>
      </Link>
      {me.can.lead && (
        <Link
          to="/a/$slug/team"
          params={{ slug }}
          className={classes.item}
          activeProps={{ "data-active": true }}
        >
          <IconActivity size={18} stroke={1.6} aria-hidden="true" />
          <span className={classes.label}>{t("teamNow")}</span>
        </Link>
      )}
      {me.can.manage_forms && (
        <Link
          to="/a/$slug/forms"
          params={{ slug }}
          className={classes.item}
          activeProps={{ "data-active": true }}
        >
          <IconForms size={18} stroke={1.6} aria-hidden="true" />
          <span className={classes.label}>{t("forms")}</span>
        </Link>
      )}

      <div className={classes.spacer} />
      <UnstyledButton className={classes.item} onClick={onCheatSheet}>
        <IconKeyboard size={18} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{t("keys.title")}</span>
      </UnstyledButton>
      <Link
        to="/a/$slug/settings"
        params={{ slug }}
        className={classes.item}
        activeProps={{ "data-active": true }}
      >
        <IconSettings size={18} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{t("settings")}</span>
      </Link>
      <UserMenu slug={slug} />
    </nav>
  );
}

function Views({ slug }: { slug: string }) {
  const { t } = useTranslation("tickets");
  const counts = useQuery(countsQuery()).data;
  const current = useCurrentView();
  return (
    <ul className={classes.views}>
      {views.map((view) => {
        const Icon = viewIcons[view];
        const count = counts?.[viewCounts[view]];
        const shown = view !== "closed" && count && count.n > 0;
        return (
          <li key={view}>
            <Tooltip label={t(`view.${view}`)} position="right">
              <Link
                to="/a/$slug/tickets"
                params={{ slug }}
                search={{ view }}
                className={classes.item}
                data-active={view === current || undefined}
                aria-current={view === current ? "page" : undefined}
                activeProps={{}}
              >
                <Icon size={18} stroke={1.6} aria-hidden="true" />
                <span className={classes.label}>{t(`view.${view}`)}</span>
                {shown && (
                  <span className={classes.count} data-alarm={view === "failed" || undefined}>
                    {count.n}
                    {count.capped && "+"}
                  </span>
                )}
              </Link>
            </Tooltip>
          </li>
        );
      })}
    </ul>
  );
}

/** The view on the screen, if it is the help desk at all. */
function useCurrentView(): ViewName | null {
  const inDesk = useMatchRoute()({ to: "/a/$slug/tickets", fuzzy: true });
  const { view } = useSearch({ strict: false });
  return inDesk ? (view ?? defaultView) : null;
}

export function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" role="presentation">
      <rect width="32" height="32" rx="9" fill="#0b6374" />
      <path
        d="M10 8v16M10 17c6 0 6-9 12-9M10 15c6 0 6 9 12 9"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}
