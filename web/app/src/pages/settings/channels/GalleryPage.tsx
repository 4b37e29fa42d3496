// Connect a new channel: the kinds this installation has, then the ways to connect that kind.
import { UnstyledButton } from "@mantine/core";
import { IconBrandGmail, IconBrandWindows, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { kindsQuery } from "@/api/desk";
import type { Kind } from "@/api/types";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { explain } from "@/kit/explain";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import classes from "./GalleryPage.module.css";
import { methodsOf, onlyMethod } from "./kinds/methods";
import { screensOf } from "./kinds/screens";
import { useHelpDeskTrail } from "./useHelpDeskTrail";
import { HomeField } from "./wizard/HomeField";

export function KindsPage() {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const kinds = useQuery(kindsQuery());
  const trail = useHelpDeskTrail({ label: t("channels.title"), to: "/a/$slug/settings/channels" });
  return (
    <Page title={t("gallery.title")} trail={trail} lead={t("gallery.lead")}>
      <HomeField />
      {kinds.isPending && <PageLoading />}
      <FaultAlert text={kinds.error && explain(kinds.error, t)} />
      <ul className={classes.choices}>
        {kinds.data?.items.map((kind) => (
          <Choice
            key={kind.kind}
            to={wayTo(slug, kind)}
            icon={kind.kind}
            name={t(`kinds.${kind.kind}.name`, { defaultValue: kind.name })}
            text={t(`kinds.${kind.kind}.text`, { defaultValue: kind.description })}
          />
        ))}
      </ul>
    </Page>
  );
}

export function MethodsPage() {
  const { t } = useTranslation("settings");
  const { slug, kind: name } = useParams({ from: "/a/$slug/settings/channels/new/$kind" });
  const kinds = useQuery(kindsQuery());
  const kind = kinds.data?.items.find((one) => one.kind === name);
  const trail = useHelpDeskTrail(
    { label: t("channels.title"), to: "/a/$slug/settings/channels" },
    { label: t("gallery.title"), to: "/a/$slug/settings/channels/new" },
  );
  if (kinds.data && !kind) return <NotFound />;
  return (
    <Page
      title={t(`kinds.${name}.name`, { defaultValue: kind?.name ?? "" })}
      trail={trail}
      lead={t(`kinds.${name}.where`, { defaultValue: "" })}
    >
      {kinds.isPending && <PageLoading />}
      <ul className={classes.choices}>
        {kind && <Methods slug={slug} kind={kind} />}
        {kind && <ToCome slug={slug} kind={kind} />}
      </ul>
    </Page>
  );
}

function Methods({ slug, kind }: { slug: string; kind: Kind }) {
  const { t } = useTranslation("settings");
  return methodsOf(kind).map((method) => (
    <Choice
      key={method.key}
      to={`/a/${slug}/settings/channels/new/${kind.kind}/${method.key}`}
      icon={kind.kind}
      name={t(`kinds.${kind.kind}.methods.${method.key}.name`, { defaultValue: method.name })}
      text={t(`kinds.${kind.kind}.methods.${method.key}.text`, { defaultValue: method.description })}
    />
  ));
}

/** What is not there yet stands among the ways all the same, and says what to do today. */
function ToCome({ slug, kind }: { slug: string; kind: Kind }) {
  const { t } = useTranslation("settings");
  const { toCome = [] } = screensOf(kind.kind);
  return toCome.map(({ key, today }) => (
    <li key={key} className={classes.choice} data-later>
      <span className={classes.icon}>
        <ProviderIcon name={key} kind={kind.kind} />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>
          {t(`kinds.${kind.kind}.methods.${key}.name`)}
          <span className={classes.later}>{t("gallery.later")}</span>
        </span>
        <span className={classes.text}>{t(`kinds.${kind.kind}.methods.${key}.text`)}</span>
        <Link
          to="/a/$slug/settings/channels/new/$kind/$method"
          params={{ slug, kind: kind.kind, method: today }}
          className={classes.today}
        >
          {t(`kinds.${kind.kind}.methods.${key}.today`)}
        </Link>
      </span>
    </li>
  ));
}

const providerIcons: Record<string, typeof IconBrandGmail> = {
  gmail: IconBrandGmail,
  microsoft: IconBrandWindows,
};

function ProviderIcon({ name, kind }: { name: string; kind: string }) {
  const Icon = providerIcons[name];
  return Icon ? <Icon size={22} stroke={1.6} aria-hidden="true" /> : <ChannelIcon kind={kind} size={22} />;
}

function wayTo(slug: string, kind: Kind): string {
  const only = onlyMethod(kind);
  return `/a/${slug}/settings/channels/new/${kind.kind}${only ? `/${only.key}` : ""}`;
}

function Choice({ to, icon, name, text }: { to: string; icon: string; name: string; text: string }) {
  return (
    <li>
      <UnstyledButton component={Link} to={to} className={classes.choice}>
        <span className={classes.icon}>
          <ChannelIcon kind={icon} size={22} />
        </span>
        <span className={classes.words}>
          <span className={classes.name}>{name}</span>
          <span className={classes.text}>{text}</span>
        </span>
        <IconChevronRight size={18} stroke={1.6} className={classes.chevron} aria-hidden="true" />
      </UnstyledButton>
    </li>
  );
}
