// One page of the settings: where it stands, its name, what it is for, what can be done, and its parts.
import { useDocumentTitle } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import classes from "./Page.module.css";

export interface Crumb {
  label: string;
  to?: "/a/$slug/settings/channels" | "/a/$slug/settings/channels/new" | "/a/$slug/settings/members";
}

interface Props {
  title: string;
  trail?: Crumb[];
  lead?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  /** Beside the name, where the page is about somebody. */
  face?: ReactNode;
  children: ReactNode;
}

export function Page({ title, trail = [], lead, actions, wide, face, children }: Props) {
  const me = useMe();
  useDocumentTitle(`${title} · ${me.account.name}`);
  return (
    <div className={classes.page} data-wide={wide || undefined}>
      <Trail crumbs={trail} />
      <header className={classes.head} data-face={face ? true : undefined}>
        {face}
        <div className={classes.what}>
          <h1 className={classes.title}>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

function Trail({ crumbs }: { crumbs: Crumb[] }) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  // On a phone there is room for one step back only.
  const above = crumbs.findLast((crumb) => crumb.to);
  return (
    <nav className={classes.trail} data-empty={crumbs.length === 0 || undefined} aria-label={t("trail")}>
      <Link to={above?.to ?? "/a/$slug/settings"} params={{ slug }} className={classes.back}>
        <IconChevronLeft size={16} stroke={1.8} aria-hidden="true" />
        {above?.label ?? t("title")}
      </Link>
      {crumbs.map((crumb, index) => (
        <Fragment key={crumb.label}>
          {index > 0 && (
            <IconChevronRight size={13} stroke={1.8} aria-hidden="true" className={classes.between} />
          )}
          {crumb.to ? (
            <Link to={crumb.to} params={{ slug }} className={classes.crumb}>
              {crumb.label}
            </Link>
          ) : (
            <span className={classes.crumb}>{crumb.label}</span>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
