// The wizard of a channel that exists and is not finished.
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { channelQuery } from "@/api/channels";
import { useMe } from "@/api/desk";
import { Problem } from "@/api/http";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { screensOf } from "../kinds/screens";

const here = "/a/$slug/settings/channels/$channelId/connect";

export function GoOnPage() {
  const { slug, channelId } = useParams({ from: here });
  const { step } = useSearch({ from: here });
  const { can } = useMe();
  const navigate = useNavigate();
  const channel = useQuery(channelQuery(channelId));
  if (!can.manage_channels || channel.data?.deleted_at) return <NotFound />;
  if (channel.error instanceof Problem && channel.error.status === 404) return <NotFound />;
  if (channel.error && !channel.data) throw channel.error;
  if (!channel.data) return <PageLoading />;
  const { GoOn } = screensOf(channel.data.kind);
  if (!GoOn) return <NotFound />;
  const goTo = (next: string) =>
    navigate({ to: here, params: { slug, channelId }, search: { step: next }, replace: true });
  return <GoOn key={channelId} channel={channel.data} step={step} goTo={goTo} />;
}
