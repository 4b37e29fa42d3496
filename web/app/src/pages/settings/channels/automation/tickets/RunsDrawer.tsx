// The log: what the rules of a channel did over 90 days, and why they did not, newest first, by rule, ticket and outcome.
import { Button, Drawer, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Automation,
  type AutomationRun,
  automationRunsQuery,
  type Outcome,
  type RunFilter,
} from "@/api/automations";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { Time } from "@/kit/Time";
import classes from "./RunsDrawer.module.css";
import { whyWords } from "./whyWords";

interface Props {
  channelId: string;
  rules: readonly Automation[];
  rule?: string;
  onClose: () => void;
}

const outcomes: readonly Outcome[] = ["done", "not_met", "failed", "stopped"];
const typedAfter = 300;
/** A rule whose condition did not hold is no event: an open log looks again by itself. */
const lookedAgainAfter = 3_000;

export function RunsDrawer({ channelId, rules, rule, onClose }: Props) {
  const { t } = useTranslation("automation");
  const [filter, setFilter] = useState<RunFilter>(rule ? { rule } : {});
  const [asked] = useDebouncedValue(filter, typedAfter);
  const runs = useInfiniteQuery({
    ...automationRunsQuery(channelId, asked),
    staleTime: 0,
    // Who reads on in older ones is not to have all of them read again.
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : lookedAgainAfter),
  });
  const found = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = Object.values(filter).some((one) => one !== undefined);
  return (
    <Drawer
      opened
      onClose={onClose}
      title={t("log.title")}
      position="right"
      size={600}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <p className={classes.text}>{t("log.text")}</p>
      <Filters filter={filter} onChange={setFilter} rules={rules} />
      {runs.error && <Note tone="bad">{explain(runs.error, t)}</Note>}
      {runs.isSuccess && found.length === 0 && (
        <div className={classes.none}>
          <p>{t(narrowed ? "log.noneFound" : "log.none")}</p>
          {narrowed && (
            <Button size="compact-sm" variant="subtle" ml={-8} onClick={() => setFilter({})}>
              {t("log.clear")}
            </Button>
          )}
        </div>
      )}
      <ol className={classes.list} aria-busy={runs.isPlaceholderData}>
        {found.map((run) => (
          <Run key={run.id} run={run} />
        ))}
      </ol>
      {runs.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          loading={runs.isFetchingNextPage}
          onClick={() => runs.fetchNextPage()}
        >
          {t("log.more")}
        </Button>
      )}
    </Drawer>
  );
}

interface FiltersProps {
  filter: RunFilter;
  onChange: (filter: RunFilter) => void;
  rules: readonly Automation[];
}

function Filters({ filter, onChange, rules }: FiltersProps) {
  const { t } = useTranslation("automation");
  const set = (some: Partial<RunFilter>) => onChange({ ...filter, ...some });
  return (
    <div className={classes.filters}>
      <Select
        label={t("log.rule")}
        data={[
          { value: "", label: t("log.allRules") },
          ...rules.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={filter.rule ?? ""}
        searchable={rules.length > 8}
        allowDeselect={false}
        onChange={(rule) => set({ rule: rule || undefined })}
      />
      <Select
        label={t("log.outcome")}
        data={[
          { value: "", label: t("log.all") },
          ...outcomes.map((value) => ({ value, label: t(`outcome.${value}`) })),
        ]}
        value={filter.outcome ?? ""}
        allowDeselect={false}
        onChange={(outcome) => set({ outcome: (outcome || undefined) as Outcome | undefined })}
      />
      <TextInput
        label={t("log.ticket")}
        inputMode="numeric"
        placeholder="#"
        value={filter.ticket ?? ""}
        onChange={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, "").slice(0, 9);
          set({ ticket: digits ? Number(digits) : undefined });
        }}
      />
    </div>
  );
}

function Run({ run }: { run: AutomationRun }) {
  const { t } = useTranslation("automation");
  const { slug } = useParams({ from: "/a/$slug" });
  return (
    <li className={classes.run}>
      <div className={classes.head}>
        <span className={classes.outcome} data-outcome={run.outcome}>
          {t(`outcome.${run.outcome}`)}
        </span>
        <span className={classes.rule}>
          {run.rule_deleted ? t("log.deletedRule", { name: run.rule_name }) : run.rule_name}
        </span>
        <Link
          to="/a/$slug/tickets/$number"
          params={{ slug, number: String(run.ticket_number) }}
          className={classes.ticket}
        >
          #{run.ticket_number}
        </Link>
        <Time at={run.at} as="clock" className={classes.at} />
      </div>
      {run.why && <p className={classes.why}>{whyWords(run.why, t)}</p>}
      {run.did.length > 0 && <p className={classes.did}>{didWords(run, t)}</p>}
      {run.depth > 0 && <p className={classes.did}>{t("log.depth", { count: run.depth })}</p>}
    </li>
  );
}

/** "property, tag (already so), mail (nobody has the ticket)" */
function didWords({ did }: AutomationRun, t: ReturnType<typeof useTranslation>["t"]): string {
  return did
    .map(({ do: what, changed, why }) => {
      const name = t(`automation:did.${what}`, { defaultValue: what });
      if (why) return `${name} (${whyWords(why, t).replace(/\.$/, "")})`;
      return changed ? name : `${name} (${t("automation:log.unchanged")})`;
    })
    .join(", ");
}
