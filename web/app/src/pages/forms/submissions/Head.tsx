// The head of the dashboard: the form's name, which channel carries it, and the ways to the builder and its own page.
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconExternalLink, IconPencil } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { ChannelIcon } from "@/kit/ChannelIcon";
import classes from "./SubmissionsPage.module.css";

export function Head({ slug, form }: { slug: string; form: Form }) {
  const { t } = useTranslation("submissions");
  return (
    <header className={classes.head}>
      <Tooltip label={t("toForms")}>
        <ActionIcon
          component={Link}
          to={`/a/${slug}/forms`}
          variant="subtle"
          color="gray"
          size={34}
          aria-label={t("toForms")}
        >
          <IconArrowLeft size={19} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <div className={classes.what}>
        <h1 className={classes.title}>{form.name}</h1>
        <p className={classes.carrier}>
          <Carrier slug={slug} form={form} />
        </p>
      </div>
      <div className={classes.ways}>
        <Button
          component="a"
          href={form.url}
          target="_blank"
          rel="noopener"
          variant="default"
          leftSection={<IconExternalLink size={16} stroke={1.7} />}
        >
          {t("openPage")}
        </Button>
        <Button
          component={Link}
          to={`/a/${slug}/forms/${form.id}`}
          variant="default"
          leftSection={<IconPencil size={16} stroke={1.7} />}
        >
          {t("toBuilder")}
        </Button>
      </div>
    </header>
  );
}

function Carrier({ slug, form }: { slug: string; form: Form }) {
  const { t } = useTranslation("submissions");
  if (!form.channel) return t("noChannel");
  return (
    <>
      <ChannelIcon kind="form" />
      <span>{t("carriedBy")}</span>
      <Link
        to="/a/$slug/settings/channels/$channelId"
        params={{ slug, channelId: form.channel.id }}
        className={classes.link}
      >
        {form.channel.name || t("someChannel")}
      </Link>
      {!form.channel.active && <span className={classes.off}>{t("channelOff")}</span>}
    </>
  );
}
