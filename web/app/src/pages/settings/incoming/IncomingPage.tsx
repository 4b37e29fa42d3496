// The incoming log: everything a channel received, with what became of it.
import { Anchor, Button, Select } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/api/channels";
import { rawEventsQuery } from "@/api/rawEvents";
import type { RawEvent } from "@/api/types";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { PageLoading } from "@/shell/PageLoading";
import { useHelpDeskTrail } from "../channels/useHelpDeskTrail";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { EventRow } from "./EventRow";
import { FateFilter } from "./FateFilter";
import type { FateState } from "./fates";
import classes from "./IncomingPage.module.css";
import { NothingIncoming } from "./NothingIncoming";

export function IncomingPage() {
  const { t } = useTranslation("settings");
  const { state, channel } = useSearch({ from: "/a/$slug/settings/incoming" });
  const trail = useHelpDeskTrail();
  const log = useInfiniteQuery(rawEventsQuery({ state, channel }));
  const events = unique(log.data?.pages.flatMap((page) => page.items) ?? []);
  return (
    <Page title={t("incoming.title")} trail={trail} lead={t("incoming.lead")} wide>
      <Filters state={state} channel={channel} />
      {(state === "quarantined" || state === "spam") && <WhatThisIs state={state} />}
      {log.isPending && <PageLoading />}
      <FaultAlert text={log.error && explain(log.error, t)} />
      {log.data && events.length === 0 && <NothingIncoming filtered={!!state || !!channel} />}
      {events.length > 0 && <Log events={events} />}
      {log.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={log.isFetchingNextPage}
          onClick={() => log.fetchNextPage()}
        >
          {t("incoming.more")}
        </Button>
      )}
    </Page>
  );
}

/** Two words that are easily taken for one. */
function WhatThisIs({ state }: { state: "quarantined" | "spam" }) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  return (
    <div className={classes.hint}>
      <Note>
        {t(state === "spam" ? "incoming.spamIs" : "incoming.quarantineIs")}{" "}
        <Anchor component={Link} to={`/a/${slug}/spam`} fz="inherit" underline="always">
          {t("incoming.lookAtSpam")}
        </Anchor>
      </Note>
    </div>
  );
}

function Filters({ state, channel }: { state?: FateState; channel?: string }) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const channels = useQuery(channelsQuery()).data?.items ?? [];
  const go = (search: { state?: FateState; channel?: string }) =>
    navigate({ to: "/a/$slug/settings/incoming", params: { slug }, search });
  return (
    <div className={classes.filters}>
      <FateFilter slug={slug} state={state} channel={channel} />
      {(channels.length > 1 || channel) && (
        <Select
          size="xs"
          w={210}
          aria-label={t("incoming.channel")}
          placeholder={t("incoming.allChannels")}
          clearable
          checkIconPosition="right"
          data={channels.map((one) => ({ value: one.id, label: one.name }))}
          value={channel ?? null}
          onChange={(chosen) => go({ state, channel: chosen ?? undefined })}
          clearButtonProps={{ "aria-label": t("incoming.allChannels") }}
        />
      )}
    </div>
  );
}

function Log({ events }: { events: RawEvent[] }) {
  const { t } = useTranslation("settings");
  return (
    <table className={classes.log}>
      <thead>
        <tr>
          <th scope="col">{t("incoming.fate")}</th>
          <th scope="col">{t("incoming.from")}</th>
          <th scope="col">{t("incoming.channel")}</th>
          <th scope="col" className={classes.number}>
            {t("incoming.size")}
          </th>
          <th scope="col" className={classes.number}>
            {t("incoming.received")}
          </th>
          <th scope="col">
            <span className="k-hidden">{t("incoming.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </tbody>
    </table>
  );
}

/** One that moved between two pages while they were read stands once. */
function unique(events: RawEvent[]): RawEvent[] {
  const seen = new Set<string>();
  return events.filter((event) => !seen.has(event.id) && seen.add(event.id));
}
