// A form in one line, and the ways to its builder, its page and what was sent.
import { Anchor } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { ChannelIcon } from "@/kit/ChannelIcon";
import classes from "./FormWays.module.css";
import { builderOf, builderOnTheWay, submissionsOf } from "./ways";

interface Props {
  form: Form;
  /** In the wizard the builder leads back to it. */
  onTheWay?: boolean;
}

export function FormWays({ form, onTheWay }: Props) {
  const { t } = useTranslation(["formchannel", "settings"]);
  const { slug } = useParams({ from: "/a/$slug" });
  const shown = form.fields.filter((field) => !field.hidden).length;
  return (
    <div className={classes.form}>
      <span className={classes.icon}>
        <ChannelIcon kind="form" size={19} />
      </span>
      <div className={classes.what}>
        <b className={classes.name}>{form.name}</b>
        <span className={classes.facts}>
          {t("form.fields", { count: shown })} · {t("choose.submissions", { count: form.submissions })}
        </span>
      </div>
      <div className={classes.ways}>
        <Anchor
          component={Link}
          to={onTheWay ? builderOnTheWay(slug, form.id) : builderOf(slug, form.id)}
          fz="sm"
        >
          {t("settings:kinds.form.manage")}
        </Anchor>
        <Anchor href={form.url} target="_blank" rel="noopener" fz="sm">
          {t("settings:kinds.form.open")}
        </Anchor>
        {!onTheWay && (
          <Anchor component={Link} to={submissionsOf(slug, form.id)} fz="sm">
            {t("settings:kinds.form.submissions")}
          </Anchor>
        )}
      </div>
    </div>
  );
}
