// One channel in the list: what it is, how it does, its switch, and what can be done to it.
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconListDetails, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { teamsQuery } from "@/api/desk";
import type { Channel } from "@/api/types";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { Answers } from "./Answers";
import classes from "./ChannelsPage.module.css";
import { DeleteChannel } from "./DeleteChannel";
import { Health, HealthReason } from "./Health";
import { screensOf } from "./kinds/screens";
import { Mend } from "./Mend";
import { StatusSwitch } from "./StatusSwitch";
import { Traffic } from "./Traffic";

interface Props {
  slug: string;
  channel: Channel;
  mayManage: boolean;
}

export function ChannelRow({ slug, channel, mayManage }: Props) {
  const { t } = useTranslation(["settings", "inbox"]);
  const params = { slug, channelId: channel.id };
  const { line, isUnfinished } = screensOf(channel.kind);
  const unfinished = channel.active && isUnfinished?.(channel);
  return (
    <li className={classes.row}>
      <span className={classes.icon}>
        <ChannelIcon kind={channel.kind} size={19} />
      </span>
      <div className={classes.what}>
        <Link to="/a/$slug/settings/channels/$channelId" params={params} className={classes.name}>
          {channel.name}
        </Link>
        <span className={classes.address}>{line(channel, t)}</span>
        {channel.inbox.kind === "conversations" && (
          <span className={classes.address}>{t("inbox:settings.livesIn", { name: channel.inbox.name })}</span>
        )}
        <Answers channel={channel} />
        <OpenTo channel={channel} />
        <HealthReason channel={channel} />
        {mayManage && !unfinished && <Mend slug={slug} channel={channel} />}
      </div>
      <div className={classes.state}>
        <Health channel={channel} />
        <Traffic channel={channel} />
        {channel.held > 0 && (
          <Link
            to="/a/$slug/settings/incoming"
            params={{ slug }}
            search={{ state: "held", channel: channel.id }}
            className={classes.held}
          >
            {t("channels.held", { count: channel.held })}
          </Link>
        )}
      </div>
      {mayManage && (
        <div className={classes.tools}>
          <StatusSwitch channel={channel} />
          {unfinished ? (
            <Button
              component={Link}
              to={`/a/${slug}/settings/channels/${channel.id}/connect`}
              variant="light"
              size="xs"
              aria-label={t("channels.finishOf", { name: channel.name })}
            >
              {t("channels.finish")}
            </Button>
          ) : (
            <EditButton slug={slug} channel={channel} />
          )}
          <RowMenu slug={slug} channel={channel} />
        </div>
      )}
    </li>
  );
}

function EditButton({ slug, channel }: { slug: string; channel: Channel }) {
  const { t } = useTranslation("settings");
  return (
    <Button
      component={Link}
      to={`/a/${slug}/settings/channels/${channel.id}`}
      variant="default"
      size="xs"
      aria-label={t("channels.editOf", { name: channel.name })}
    >
      {t("channels.edit")}
    </Button>
  );
}

function OpenTo({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const teams = useQuery({ ...teamsQuery(), enabled: channel.open_to === "teams" }).data?.items ?? [];
  if (channel.open_to !== "teams") return null;
  const names = teams.filter((team) => channel.team_ids.includes(team.id)).map((team) => team.name);
  return <span className={classes.address}>{t("channels.onlyFor", { teams: names.join(", ") })}</span>;
}

function RowMenu({ slug, channel }: { slug: string; channel: Channel }) {
  const { t } = useTranslation("settings");
  const { Options } = screensOf(channel.kind);
  const [deleting, { open, close }] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={t("channels.moreOf", { name: channel.name })}
          >
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/a/${slug}/settings/channels/${channel.id}`}>
            {t("channels.edit")}
          </Menu.Item>
          {Options && <Options channel={channel} />}
          <Menu.Item
            component={Link}
            to={`/a/${slug}/settings/incoming?channel=${channel.id}`}
            leftSection={<IconListDetails size={16} stroke={1.6} />}
          >
            {t("nav.incoming")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.6} />} onClick={open}>
            {t("delete.action")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeleteChannel channel={channel} opened={deleting} onClose={close} />
    </>
  );
}
