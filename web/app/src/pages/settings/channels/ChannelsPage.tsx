// The list of channels, and the way to connect another one.
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/api/channels";
import { useMe } from "@/api/desk";
import { explain } from "@/kit/explain";
import { PageLoading } from "@/shell/PageLoading";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { ChannelRow } from "./ChannelRow";
import classes from "./ChannelsPage.module.css";
import { NoChannels } from "./NoChannels";
import { useHelpDeskTrail } from "./useHelpDeskTrail";

export function ChannelsPage() {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const { can } = useMe();
  const trail = useHelpDeskTrail();
  const channels = useQuery(channelsQuery());
  const items = channels.data?.items.filter((channel) => !channel.deleted_at) ?? [];
  const connect = can.manage_channels && (
    <Button component={Link} to={`/a/${slug}/settings/channels/new`} leftSection={<IconPlus size={16} />}>
      {t("channels.connect")}
    </Button>
  );
  return (
    <Page
      title={t("channels.title")}
      trail={trail}
      lead={t("channels.lead")}
      actions={items.length > 0 && connect}
      wide
    >
      {channels.isPending && <PageLoading />}
      <FaultAlert text={channels.error && explain(channels.error, t)} />
      {channels.data && items.length === 0 && <NoChannels action={connect} />}
      {items.length > 0 && (
        <ul className={classes.list}>
          {items.map((channel) => (
            <ChannelRow key={channel.id} slug={slug} channel={channel} mayManage={can.manage_channels} />
          ))}
        </ul>
      )}
    </Page>
  );
}
