// The ways through the settings, in the order in which the help desk's own words name them.
import {
  IconArrowsSplit2,
  IconBolt,
  IconChevronRight,
  IconCornerUpLeft,
  IconForms,
  IconInbox,
  IconLanguage,
  IconListDetails,
  IconMailOff,
  IconPlugConnected,
  IconShieldCheck,
  IconUser,
  IconUserCog,
  IconUsers,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import classes from "./SettingsNav.module.css";

export const groups = [
  { name: "me", items: [{ key: "profile", to: "/a/$slug/settings/profile", Icon: IconUserCog }] },
  {
    name: "account",
    items: [
      { key: "members", to: "/a/$slug/settings/members", Icon: IconUser },
      { key: "teams", to: "/a/$slug/settings/teams", Icon: IconUsers },
      { key: "roles", to: "/a/$slug/settings/roles", Icon: IconShieldCheck },
      { key: "skills", to: "/a/$slug/settings/skills", Icon: IconLanguage },
    ],
  },
  {
    name: "helpDesk",
    above: "inboxAndHelpDesk",
    below: "sources",
    items: [
      { key: "channels", to: "/a/$slug/settings/channels", Icon: IconPlugConnected },
      { key: "inboxes", to: "/a/$slug/settings/inboxes", Icon: IconInbox },
      { key: "macros", to: "/a/$slug/settings/macros", Icon: IconBolt },
      { key: "incoming", to: "/a/$slug/settings/incoming", Icon: IconListDetails },
      { key: "spam", to: "/a/$slug/settings/spam", Icon: IconMailOff },
      { key: "formDesk", to: "/a/$slug/settings/forms", Icon: IconCornerUpLeft },
    ],
  },
  {
    name: "records",
    items: [
      { key: "pipelines", to: "/a/$slug/settings/pipelines", Icon: IconArrowsSplit2 },
      { key: "properties", to: "/a/$slug/settings/properties", Icon: IconForms },
    ],
  },
] as const;

export function SettingsNav({ slug, atHome }: { slug: string; atHome: boolean }) {
  const { t } = useTranslation("settings");
  const { account } = useMe();
  const Title = atHome ? "h1" : "h2";
  return (
    <nav className={classes.nav} aria-label={t("title")}>
      <Title className={classes.title}>{t("title")}</Title>
      {groups.map((group) => (
        <section key={group.name}>
          {"above" in group && <div className={classes.heading}>{t(`nav.${group.above}`)}</div>}
          <div className={"above" in group ? classes.subheading : classes.heading}>
            {group.name === "account" ? account.name : t(`nav.${group.name}`)}
          </div>
          {"below" in group && <div className={classes.small}>{t(`nav.${group.below}`)}</div>}
          <ul className={classes.items}>
            {group.items.map(({ key, to, Icon }) => (
              <li key={key}>
                <Link
                  to={to}
                  params={{ slug }}
                  className={classes.item}
                  activeProps={{ "data-active": true }}
                >
                  <Icon size={17} stroke={1.6} aria-hidden="true" />
                  <span>{t(`nav.${key}`)}</span>
                  <IconChevronRight size={16} stroke={1.6} className={classes.chevron} aria-hidden="true" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
