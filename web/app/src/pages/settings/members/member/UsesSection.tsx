// Where the routing of channels names somebody; what names them goes on without them when they leave.
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Use } from "@/api/people";
import { Section } from "../../ui/Section";
import classes from "./MemberPage.module.css";

export function UsesSection({ uses }: { uses: Use[] }) {
  const { t } = useTranslation("people");
  const { slug } = useParams({ from: "/a/$slug" });
  return (
    <Section title={t("uses.title")} text={t("uses.text")}>
      {uses.length === 0 && <p className={classes.hint}>{t("uses.none")}</p>}
      <ul className={classes.choices}>
        {uses.map((use) => (
          <li key={`${use.channel_id} ${use.where} ${use.rule?.number}`} className={classes.choice}>
            <Link
              to="/a/$slug/settings/channels/$channelId"
              params={{ slug, channelId: use.channel_id }}
              className={classes.link}
            >
              {use.channel_name}
            </Link>
            <span className={classes.hint}>
              {use.rule
                ? t("uses.rule", { number: use.rule.number, name: use.rule.name })
                : t(`uses.where.${use.where}`, { defaultValue: use.where })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
