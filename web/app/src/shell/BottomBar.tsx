// The phone's way around, within the thumb's reach.
import { IconActivity, IconForms, IconInbox, IconSearch, IconSettings } from "@tabler/icons-react";
import { Link, useMatchRoute } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import classes from "./BottomBar.module.css";
import { NoticeBell } from "./NoticeBell";
import { UserMenu } from "./UserMenu";

export function BottomBar({ slug }: { slug: string }) {
  const { t } = useTranslation("shell");
  const { can } = useMe();
  const inTicket = useMatchRoute()({ to: "/a/$slug/tickets/$number" });
  if (inTicket) return null;
  return (
    <nav className={classes.bar} aria-label={t("rail")}>
      <Link
        to="/a/$slug/tickets"
        params={{ slug }}
        className={classes.item}
        activeProps={{ "data-active": true }}
      >
        <IconInbox size={22} stroke={1.6} aria-hidden="true" />
        {t("helpDesk")}
      </Link>
      <Link
        to="/a/$slug/search"
        params={{ slug }}
        className={classes.item}
        activeProps={{ "data-active": true }}
      >
        <IconSearch size={22} stroke={1.6} aria-hidden="true" />
        {t("search")}
      </Link>
      {can.lead && (
        <Link
          to="/a/$slug/team"
          params={{ slug }}
          className={classes.item}
          activeProps={{ "data-active": true }}
        >
          <IconActivity size={22} stroke={1.6} aria-hidden="true" />
          {t("teamNow")}
        </Link>
      )}
      {can.manage_forms && (
        <Link
          to="/a/$slug/forms"
          params={{ slug }}
          className={classes.item}
          activeProps={{ "data-active": true }}
        >
          <IconForms size={22} stroke={1.6} aria-hidden="true" />
          {t("forms")}
        </Link>
      )}
      <NoticeBell slug={slug} label={t("notices.title")} />
      <Link
        to="/a/$slug/settings"
        params={{ slug }}
        className={classes.item}
        activeProps={{ "data-active": true }}
      >
        <IconSettings size={22} stroke={1.6} aria-hidden="true" />
        {t("settings")}
      </Link>
      <UserMenu slug={slug} label={t("user.me")} />
    </nav>
  );
}
