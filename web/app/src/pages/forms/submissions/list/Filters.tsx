// What narrows the list: accepted or caught, words, days, where it came from; beside it columns and export.
import { Button, CloseButton, Popover, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconCalendar, IconSearch, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { submissionCountsQuery } from "@/api/submissions";
import { contactQuery } from "@/api/timeline";
import { useKeys } from "@/kit/keys";
import { dateLocale } from "@/kit/time";
import { DayFields } from "../figures/DayFields";
import { filterOf, isNarrowed } from "../filter";
import { dayLabel } from "../range";
import { isSource, type SubmissionsSearch, sources } from "../search";
import { useGo } from "../useGo";
import { ColumnsChooser } from "./ColumnsChooser";
import { ExportMenu } from "./ExportMenu";
import classes from "./Filters.module.css";
import type { Columns } from "./useColumns";

interface Props {
  form: Form;
  search: SubmissionsSearch;
  columns: Columns;
}

export function Filters({ form, search, columns }: Props) {
  const { t } = useTranslation("submissions");
  const go = useGo();
  return (
    <div className={classes.filters}>
      <States form={form} search={search} />
      <div className={classes.fields}>
        <SearchField search={search} />
        <Days search={search} />
        <Select
          className={classes.source}
          size="xs"
          aria-label={t("filter.source")}
          placeholder={t("filter.anySource")}
          clearable
          clearButtonProps={{ "aria-label": t("filter.anySource") }}
          checkIconPosition="right"
          data={sources.map((source) => ({ value: source, label: t(`source.${source}`) }))}
          value={search.source ?? null}
          onChange={(source) => go({ source: isSource(source) ? source : undefined })}
        />
        {search.contact && <OfContact id={search.contact} onClear={() => go({ contact: undefined })} />}
        {isNarrowed(search) && <ClearFilters />}
        <span className={classes.spacer} />
        <ColumnsChooser columns={columns} />
        <ExportMenu form={form} search={search} />
      </div>
    </div>
  );
}

/** The server counts no further. */
const countedAtMost = 10_000;

function States({ form, search }: { form: Form; search: SubmissionsSearch }) {
  const { t, i18n } = useTranslation("submissions");
  const counts = useQuery(submissionCountsQuery(form.id, filterOf(search))).data;
  const number = (count: number) =>
    new Intl.NumberFormat(i18n.language).format(count) + (count >= countedAtMost ? "+" : "");
  const state = (name: "accepted" | "caught", count: number | undefined) => {
    const on = (search.state ?? "accepted") === name;
    return (
      <Link
        from="/a/$slug/forms/$formId/submissions"
        to="."
        search={(now) => ({ ...now, state: name === "caught" ? name : undefined, open: undefined })}
        className={classes.state}
        data-on={on || undefined}
        aria-current={on ? "true" : undefined}
      >
        {t(`state.${name}`)} {count !== undefined && <b>{number(count)}</b>}
      </Link>
    );
  };
  return (
    <nav className={classes.states} aria-label={t("filter.state")}>
      {state("accepted", counts?.accepted)}
      {state("caught", counts?.caught)}
    </nav>
  );
}

const typedFor = 300;

function SearchField({ search }: { search: SubmissionsSearch }) {
  const { t } = useTranslation("submissions");
  const go = useGo();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(search.q ?? "");
  const asked = useRef(search.q ?? "");
  const ask = useDebouncedCallback((text: string) => {
    asked.current = text.trim();
    go({ q: text.trim() || undefined }, { replace: true });
  }, typedFor);
  // The address changed by other hands: back, or another filter cleared it.
  useEffect(() => {
    if ((search.q ?? "") === asked.current) return;
    asked.current = search.q ?? "";
    setTyped(search.q ?? "");
  }, [search.q]);
  useKeys("page", [{ id: "find", keys: "/", label: t("filter.search"), run: () => field.current?.focus() }]);
  const change = (text: string) => {
    setTyped(text);
    ask(text);
  };
  return (
    <TextInput
      ref={field}
      className={classes.search}
      size="xs"
      aria-label={t("filter.search")}
      placeholder={t("filter.search")}
      value={typed}
      leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
      rightSection={
        typed && <CloseButton size="xs" aria-label={t("filter.clearSearch")} onClick={() => change("")} />
      }
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function Days({ search }: { search: SubmissionsSearch }) {
  const { t, i18n } = useTranslation("submissions");
  const go = useGo();
  const locale = dateLocale(i18n.language);
  const { from, until } = search;
  const said = [from && dayLabel(from, locale), until && dayLabel(until, locale)];
  const label = from || until ? said.map((day) => day || "…").join(" – ") : t("filter.anyDay");
  return (
    <Popover position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          fw={450}
          leftSection={<IconCalendar size={15} stroke={1.7} aria-hidden="true" />}
          data-on={from || until ? true : undefined}
          className={classes.days}
          aria-label={t("filter.days", { days: label })}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <DayFields
          key={`${from} ${until}`}
          from={from}
          until={until}
          onChange={(first, last) => go({ from: first, until: last }, { replace: true })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function OfContact({ id, onClear }: { id: string; onClear: () => void }) {
  const { t } = useTranslation("submissions");
  const contact = useQuery(contactQuery(id)).data;
  return (
    <span className={classes.chip}>
      {t("filter.of", { name: contact?.name || contact?.handles[0]?.address || "…" })}
      <CloseButton size="xs" aria-label={t("filter.everybody")} onClick={onClear} />
    </span>
  );
}

export function ClearFilters() {
  const { t } = useTranslation("submissions");
  const go = useGo();
  return (
    <Button
      size="xs"
      variant="subtle"
      leftSection={<IconX size={14} stroke={1.8} aria-hidden="true" />}
      onClick={() =>
        go({ q: undefined, from: undefined, until: undefined, source: undefined, contact: undefined })
      }
    >
      {t("filter.clear")}
    </Button>
  );
}
