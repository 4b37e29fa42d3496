// The left rail: account, notices, the views of the help desk with their counts, settings, oneself.
import { ActionIcon, UnstyledButton } from "@mantine/core";
import {
  IconActivity,
  IconAdjustments,
  IconForms,
  IconKeyboard,
  IconPlus,
  IconSearch,
  IconSettings,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { openDialog } from "@/pages/tickets/dialogs";
import { InboxLinks } from "./InboxLinks";
import { NoticeBell } from "./NoticeBell";
import classes from "./Rail.module.css";
import { UserMenu } from "./UserMenu";
import { ViewLinks } from "./ViewLinks";

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
        className={`${classes.item} ${classes.apart}`}
        activeProps={{ "data-active": true }}
      >
        <IconSearch size={18} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{t("search")}</span>
      </Link>
      <div className={classes.heading}>
        <span>{t("helpDesk")}</span>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t("arrangeViews")}
          title={t("arrangeViews")}
          onClick={() => openDialog({ is: "arrange" })}
        >
          <IconAdjustments size={15} stroke={1.7} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t("newView")}
          title={t("newView")}
          onClick={() => openDialog({ is: "new" })}
        >
          <IconPlus size={15} stroke={1.8} />
        </ActionIcon>
      </div>
      <ViewLinks slug={slug} />
      <InboxLinks slug={slug} />
      <hr className={classes.line} />
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
