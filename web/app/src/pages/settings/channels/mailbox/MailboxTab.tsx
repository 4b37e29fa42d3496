// Every message on the mailbox's server, and what became of it: the sum as one line, then the list, what is not explained
// first.
import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type LedgerFilter, type LedgerItem, ledgerQuery, ledgerSumQuery } from "@/api/ledger";
import type { Channel } from "@/api/types";
import { explain } from "@/kit/explain";
import { PageLoading } from "@/shell/PageLoading";
import { FaultAlert } from "../../ui/FaultAlert";
import { Balance } from "./Balance";
import { LedgerFilters } from "./LedgerFilters";
import { LedgerList } from "./LedgerList";
import classes from "./Mailbox.module.css";

const here = "/a/$slug/settings/channels/$channelId";

export function MailboxTab({ channel }: { channel: Channel }) {
  const { t } = useTranslation("mailbox");
  const { slug } = useParams({ from: here });
  const { state, folder } = useSearch({ from: here });
  const navigate = useNavigate();
  const sum = useQuery(ledgerSumQuery(channel.id));
  // Whoever comes to look is shown first what needs looking at, as long as anything does; it does not turn to that under
  // their eyes.
  const missing = sum.data && sum.data.explained < sum.data.on_server;
  const [missed, setMissed] = useState<boolean>();
  if (missing !== undefined && missed === undefined) setMissed(missing);
  const shown = state ?? (missed && missing ? "unexplained" : "all");
  const go = (filter: LedgerFilter) =>
    navigate({
      to: here,
      params: { slug, channelId: channel.id },
      search: { tab: "mailbox", ...filter },
      replace: true,
    });
  if (sum.isPending) return <PageLoading />;
  if (!sum.data) return <FaultAlert text={explain(sum.error, t)} />;
  return (
    <>
      <Balance
        channel={channel}
        ledger={sum.data}
        folder={folder}
        onFolder={(name) => go({ state, folder: name })}
      />
      <LedgerFilters ledger={sum.data} state={shown} folder={folder} onChange={go} />
      <Items
        channelId={channel.id}
        filter={{ state: shown, folder }}
        figures={`${sum.data.on_server}/${sum.data.explained}`}
      />
      <p className={classes.note}>{t("note")}</p>
    </>
  );
}

interface ItemsProps {
  channelId: string;
  filter: LedgerFilter;
  /** Changes when there is something new to list. */
  figures: string;
}

function Items({ channelId, filter, figures }: ItemsProps) {
  const { t } = useTranslation("mailbox");
  const list = useInfiniteQuery(ledgerQuery(channelId, filter));
  const { refetch } = list;
  const [listed, setListed] = useState(figures);
  useEffect(() => {
    if (figures === listed) return;
    setListed(figures);
    refetch();
  }, [figures, listed, refetch]);
  const items = unique(list.data?.pages.flatMap((page) => page.items) ?? []);
  if (list.isPending) return <PageLoading />;
  if (!list.data) return <FaultAlert text={explain(list.error, t)} />;
  if (items.length === 0)
    return <p className={classes.none}>{t(filter.state === "unexplained" ? "noneUnexplained" : "none")}</p>;
  return (
    <>
      <LedgerList channelId={channelId} items={items} />
      {list.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </>
  );
}

/** One that moved between two pages while they were read stands once. */
function unique(items: LedgerItem[]): LedgerItem[] {
  const seen = new Set<string>();
  return items.filter(({ folder, key }) => {
    const id = `${key} ${folder}`;
    return !seen.has(id) && seen.add(id);
  });
}
