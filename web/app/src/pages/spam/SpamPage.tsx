// What was taken for spam: why, by whom, until when it is kept; to be read, and brought back, one or many at once.
import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useDebouncedValue, useDocumentTitle } from "@mantine/hooks";
import { IconSearch, IconShieldCheck } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/api/channels";
import { useMe } from "@/api/desk";
import { type Spam, spamListQuery } from "@/api/spam";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { PageLoading } from "@/shell/PageLoading";
import { NoSpam } from "./NoSpam";
import { SpamDrawer } from "./SpamDrawer";
import classes from "./SpamPage.module.css";
import { SpamRow } from "./SpamRow";
import type { SpamSearch } from "./search";
import { useSelection } from "./selection";
import { useNotSpam } from "./useMarking";

const typingPause = 250;

export function SpamPage() {
  const { t } = useTranslation("spam");
  const { slug } = useParams({ from: "/a/$slug" });
  const search = useSearch({ from: "/a/$slug/spam" });
  const { account } = useMe();
  useDocumentTitle(`${t("title")} · ${account.name}`);
  const { q, channel } = search;
  const list = useInfiniteQuery({ ...spamListQuery({ q, channel }), placeholderData: keepPreviousData });
  const spam = unique(list.data?.pages.flatMap((page) => page.items) ?? []);
  return (
    <div className={classes.page}>
      <div className={classes.content}>
        <h1 className={classes.title}>{t("title")}</h1>
        <p className={classes.lead}>{t("lead")}</p>
        <Filters search={search} />
        {list.isPending && <PageLoading />}
        {list.error && <Note tone="bad">{explain(list.error, t)}</Note>}
        {list.data && spam.length === 0 && <NoSpam filtered={!!q || !!channel} />}
        {spam.length > 0 && <List slug={slug} spam={spam} />}
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
      </div>
      <SpamDrawer slug={slug} open={search.open} spam={spam} />
    </div>
  );
}

function Filters({ search }: { search: SpamSearch }) {
  const { t } = useTranslation("spam");
  const navigate = useNavigate({ from: "/a/$slug/spam" });
  const channels = useQuery(channelsQuery()).data?.items ?? [];
  const [typed, setTyped] = useState(search.q ?? "");
  const [wanted] = useDebouncedValue(typed.trim(), typingPause);
  useEffect(() => {
    navigate({ to: ".", search: (now) => ({ ...now, q: wanted || undefined }), replace: true });
  }, [navigate, wanted]);
  return (
    <search className={classes.filters}>
      <TextInput
        className={classes.search}
        leftSection={<IconSearch size={16} stroke={1.7} />}
        placeholder={t("search")}
        aria-label={t("search")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {(channels.length > 1 || search.channel) && (
        <Select
          clearable
          clearButtonProps={{ "aria-label": t("allChannels") }}
          aria-label={t("channel")}
          placeholder={t("allChannels")}
          data={channels.map((one) => ({ value: one.id, label: one.name }))}
          value={search.channel ?? null}
          onChange={(chosen) =>
            navigate({ to: ".", search: (now) => ({ ...now, channel: chosen ?? undefined }), replace: true })
          }
        />
      )}
    </search>
  );
}

function List({ slug, spam }: { slug: string; spam: Spam[] }) {
  const { t } = useTranslation("spam");
  const { can } = useMe();
  const ids = spam.map((one) => one.conversation_id);
  const chosen = useSelection(ids);
  const notSpam = useNotSpam(chosen.clear);
  return (
    <>
      {can.answer && (
        <div className={classes.bar} data-on={chosen.ids.length > 0 || undefined}>
          <Checkbox
            size="xs"
            checked={chosen.ids.length === ids.length}
            indeterminate={chosen.ids.length > 0 && chosen.ids.length < ids.length}
            onChange={chosen.toggleAll}
            label={
              chosen.ids.length
                ? t("chosen", { count: chosen.ids.length })
                : t("chooseAll", { count: ids.length })
            }
          />
          {chosen.ids.length > 0 && (
            <Button
              size="compact-sm"
              leftSection={<IconShieldCheck size={15} stroke={1.7} aria-hidden="true" />}
              loading={notSpam.isPending}
              onClick={() => notSpam.mutate(chosen.ids)}
            >
              {t("notSpam")}
            </Button>
          )}
        </div>
      )}
      <ul className={classes.list} aria-label={t("title")}>
        {spam.map((one) => (
          <SpamRow
            key={one.conversation_id}
            slug={slug}
            spam={one}
            chosen={chosen.has(one.conversation_id)}
            onChoose={can.answer ? () => chosen.toggle(one.conversation_id) : undefined}
          />
        ))}
      </ul>
    </>
  );
}

/** One that moved between two pages while they were read stands once. */
function unique(spam: Spam[]): Spam[] {
  const seen = new Set<string>();
  return spam.filter(({ conversation_id: id }) => !seen.has(id) && seen.add(id));
}
