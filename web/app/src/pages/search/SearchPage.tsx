// Search: the words as they are typed, filters to take away again, and what was found.
import { Button } from "@mantine/core";
import { useDebouncedValue, useDocumentTitle } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { type Found, searchQuery } from "@/api/search";
import { explain } from "@/kit/explain";
import { useKeys } from "@/kit/keys";
import { Note } from "@/kit/Note";
import { Filters } from "./Filters";
import { Hints } from "./Hints";
import { Results } from "./Results";
import { useRecent } from "./recent";
import { SearchField } from "./SearchField";
import classes from "./SearchPage.module.css";
import { Teach } from "./Teach";

const typingPause = 180;

export function SearchPage() {
  const { t } = useTranslation("search");
  const { slug } = useParams({ from: "/a/$slug" });
  const { account } = useMe();
  useDocumentTitle(`${t("title")} · ${account.name}`);
  const [typed, setTyped] = useTyped();
  const [wanted] = useDebouncedValue(typed, typingPause);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const { recent, add, clear } = useRecent(slug);
  const answer = useInfiniteQuery(searchQuery(wanted));
  const asking = wanted.trim() !== "";
  const found = asking ? unique(answer.data?.pages.flatMap((page) => page.items) ?? []) : [];
  const first = asking ? answer.data?.pages[0] : undefined;
  const change = (text: string) => {
    setTyped(text);
    field.current?.focus();
  };
  const toResults = () => {
    add(typed);
    list.current?.querySelector<HTMLElement>("a")?.focus();
  };
  useKeys("page", [
    {
      id: "field",
      keys: ["/", "Escape"],
      label: t("key.field"),
      unlisted: true,
      run: () => field.current?.focus(),
    },
  ]);
  return (
    <div className={classes.page}>
      <search className={classes.content}>
        <h1 className="k-hidden">{t("title")}</h1>
        <SearchField
          ref={field}
          value={typed}
          onChange={setTyped}
          onDown={toResults}
          busy={answer.isFetching && !answer.isFetchingNextPage}
        />
        <Filters q={typed} onChange={change} />
        {first && <Hints hints={first.hints} q={typed} onChange={change} />}
        <p className={classes.total} role="status">
          {first &&
            t("total", { count: first.total.n, shown: `${first.total.n}${first.total.capped ? "+" : ""}` })}
        </p>
        {answer.error && <Note tone="bad">{explain(answer.error, t)}</Note>}
        {!asking && <Teach recent={recent} onChoose={change} onForget={clear} />}
        {first && found.length === 0 && !answer.hasNextPage && (
          <p className={classes.none}>{first.hints.length > 0 ? t("noneLeft") : t("none")}</p>
        )}
        <Results
          ref={list}
          slug={slug}
          q={typed}
          found={found}
          stale={answer.isPlaceholderData}
          onOpen={() => add(typed)}
          onUp={() => field.current?.focus()}
        />
        {asking && answer.hasNextPage && (
          <Button
            variant="default"
            mt="md"
            loading={answer.isFetchingNextPage}
            onClick={() => answer.fetchNextPage()}
          >
            {t("more")}
          </Button>
        )}
      </search>
    </div>
  );
}

/** What stands in the field; the address follows, and leads when somebody goes back. */
function useTyped() {
  const { q = "" } = useSearch({ from: "/a/$slug/search" });
  const navigate = useNavigate({ from: "/a/$slug/search" });
  const [typed, setTyped] = useState(q);
  const told = useRef(q);
  useEffect(() => {
    if (q === told.current) return;
    told.current = q;
    setTyped(q);
  }, [q]);
  const [settled] = useDebouncedValue(typed, typingPause);
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    navigate({ to: ".", search: settled.trim() ? { q: settled } : {}, replace: true });
  }, [settled, navigate]);
  return [typed, setTyped] as const;
}

/** A ticket that was answered between two pages may stand on both. */
function unique(found: Found[]): Found[] {
  const seen = new Set<string>();
  return found.filter(({ ticket }) => !seen.has(ticket.id) && seen.add(ticket.id));
}
