// Edit one channel: how it does, its configuration (what its kind asks for, who sees it, its end), its automation, and,
// where its messages are fetched, every message on its server.
import { Box, Button, Group, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { channelQuery } from "@/api/channels";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { routed } from "@/api/routing";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { toast, toastError } from "@/kit/toast";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { Page } from "../ui/Page";
import { Section } from "../ui/Section";
import { AnswersNote } from "./Answers";
import { DeleteSection } from "./edit/DeleteSection";
import { VisibilitySection } from "./edit/VisibilitySection";
import { Health } from "./Health";
import { HealthBanner } from "./HealthBanner";
import { screensOf } from "./kinds/screens";
import { StatusSwitch } from "./StatusSwitch";
import { Traffic } from "./Traffic";
import { useChangeChannel } from "./useChangeChannel";
import { useHelpDeskTrail } from "./useHelpDeskTrail";

const AutomationTab = lazy(() =>
  import("./automation/AutomationTab").then((module) => ({ default: module.AutomationTab })),
);
const MailboxTab = lazy(() =>
  import("./mailbox/MailboxTab").then((module) => ({ default: module.MailboxTab })),
);
const here = "/a/$slug/settings/channels/$channelId";

export function ChannelPage() {
  const { channelId } = useParams({ from: here });
  const { can } = useMe();
  const channel = useQuery(channelQuery(channelId));
  if (channel.data?.deleted_at) return <NotFound />;
  if (channel.error instanceof Problem && channel.error.status === 404) return <NotFound />;
  if (channel.error && !channel.data) throw channel.error;
  if (!channel.data) return <PageLoading />;
  return <Edit key={channelId} channel={channel.data} mayManage={can.manage_channels} />;
}

function Edit({ channel, mayManage }: { channel: Channel; mayManage: boolean }) {
  const { t } = useTranslation("settings");
  const trail = useHelpDeskTrail({ label: t("channels.title"), to: "/a/$slug/settings/channels" });
  return (
    <Page
      title={channel.name}
      trail={trail}
      lead={screensOf(channel.kind).line(channel, t)}
      wide
      actions={
        <Group gap="md">
          <Traffic channel={channel} />
          <Health channel={channel} />
          <StatusSwitch channel={channel} disabled={!mayManage} />
        </Group>
      }
    >
      <HealthBanner channel={channel} mayManage={mayManage} />
      <AnswersNote channel={channel} />
      <Held channel={channel} mayManage={mayManage} />
      <Parts channel={channel} mayManage={mayManage} />
    </Page>
  );
}

function Parts({ channel, mayManage }: { channel: Channel; mayManage: boolean }) {
  const { t } = useTranslation(["routing", "settings"]);
  const { slug, channelId } = useParams({ from: here });
  const { tab = "configuration", rule } = useSearch({ from: here });
  const isFetched = screensOf(channel.kind).isFetched?.(channel) ?? channel.fetched;
  const hasMailbox = isFetched && mayManage;
  const navigate = useNavigate();
  const open = (to: string | null) =>
    navigate({
      to: here,
      params: { slug, channelId },
      search: to === "automation" || to === "mailbox" ? { tab: to } : {},
      replace: true,
    });
  return (
    <Tabs value={tab} onChange={open} keepMounted={false}>
      <Tabs.List mb="lg" aria-label={t("tab.label")}>
        <Tabs.Tab value="configuration">{t("tab.configuration")}</Tabs.Tab>
        <Tabs.Tab value="automation">{t("tab.automation")}</Tabs.Tab>
        {hasMailbox && <Tabs.Tab value="mailbox">{t("settings:mailbox.tab")}</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="configuration">
        <Configuration channel={channel} mayManage={mayManage} />
      </Tabs.Panel>
      {hasMailbox && (
        <Tabs.Panel value="mailbox">
          <Suspense fallback={<PageLoading />}>
            <MailboxTab channel={channel} />
          </Suspense>
        </Tabs.Panel>
      )}
      <Tabs.Panel value="automation">
        <Suspense fallback={<PageLoading />}>
          <AutomationTab channel={routed(channel)} plain={channel} rule={rule} />
        </Suspense>
      </Tabs.Panel>
    </Tabs>
  );
}

function Configuration({ channel, mayManage }: { channel: Channel; mayManage: boolean }) {
  const { t } = useTranslation("settings");
  if (!mayManage) return <Section title={t("channels.readOnly")} text={t("channels.readOnlyText")} />;
  const { Configuration: Own } = screensOf(channel.kind);
  return (
    <>
      <Own channel={channel} />
      <VisibilitySection channel={channel} />
      <DeleteSection channel={channel} />
    </>
  );
}

/** What came while the channel was off and was left lying when it was switched on again. */
function Held({ channel, mayManage }: { channel: Channel; mayManage: boolean }) {
  const { t } = useTranslation("settings");
  const change = useChangeChannel(channel.id);
  if (!channel.active || channel.held === 0 || !mayManage) return null;
  const takeIn = () =>
    change.mutate(
      { make_tickets_of_held: true },
      { onSuccess: () => toast(t("channels.heldTaken")), onError: toastError },
    );
  return (
    <Box mb="md">
      <Note>
        <Group justify="space-between" gap="sm">
          {t("channels.heldText", { count: channel.held })}
          <Button size="xs" variant="default" loading={change.isPending} onClick={takeIn}>
            {t("channels.heldTake")}
          </Button>
        </Group>
      </Note>
    </Box>
  );
}
