// Settings of the account and of oneself: the ways on the left, the part that is open beside them.
import { useMediaQuery } from "@mantine/hooks";
import { Navigate, Outlet, useMatch, useParams } from "@tanstack/react-router";
import { useMe } from "@/api/desk";
import { SettingsNav } from "./SettingsNav";
import classes from "./SettingsPage.module.css";

export function SettingsPage() {
  const { slug } = useParams({ from: "/a/$slug" });
  const atHome = useMatch({ from: "/a/$slug/settings/", shouldThrow: false }) !== undefined;
  return (
    <div className={classes.frame} data-home={atHome || undefined}>
      <SettingsNav slug={slug} atHome={atHome} />
      <div className={classes.content}>
        <Outlet />
      </div>
    </div>
  );
}

/** `/settings` alone: on a phone the ways are the page, elsewhere the first part opens beside them. */
export function SettingsHome() {
  const { slug } = useParams({ from: "/a/$slug" });
  const { can } = useMe();
  const wide = useMediaQuery("(min-width: 48em)", true, { getInitialValueInEffect: false });
  if (!wide) return null;
  const first = can.manage_channels ? "/a/$slug/settings/channels" : "/a/$slug/settings/profile";
  return <Navigate to={first} params={{ slug }} replace />;
}
