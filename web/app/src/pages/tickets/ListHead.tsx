// The head of the list: its name, a field to narrow it or jump to a number, and the views on a phone.
import { ActionIcon, Kbd, Loader, TextInput } from "@mantine/core";
import { IconPencilPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { KeyboardEvent, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { countsQuery } from "@/api/tickets";
import classes from "./ListHead.module.css";
import { ChosenPipeline, PipelineFilter } from "./PipelineFilter";
import { type ViewName, viewCounts, views } from "./views";

interface Props {
  slug: string;
  view: ViewName;
  wanted: string;
  onWanted: (text: string) => void;
  onNumber: (number: string) => void;
  field: RefObject<HTMLInputElement | null>;
  refreshing: boolean;
}

export function ListHead({ slug, view, wanted, onWanted, onNumber, field, refreshing }: Props) {
  const { t } = useTranslation("tickets");
  const { can } = useMe();
  const narrowed = useSearch({ from: "/a/$slug/tickets" }).pipeline !== undefined;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const number = /^#?(\d+)$/.exec(wanted.trim())?.[1];
    if (event.key === "Enter" && number) onNumber(number);
    if (event.key !== "Escape") return;
    onWanted("");
    event.currentTarget.blur();
  };
  return (
    <header className={classes.head}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t(`view.${view}`)}</h1>
        {!narrowed && <Count view={view} />}
        <span className={classes.busy}>
          {refreshing && <Loader size={12} role="progressbar" aria-label={t("common:loading")} />}
        </span>
        <TextInput
          ref={field}
          size="xs"
          className={classes.find}
          leftSection={<IconSearch size={14} stroke={1.7} />}
          rightSection={
            !wanted && (
              <Kbd size="xs" className={classes.key}>
                /
              </Kbd>
            )
          }
          placeholder={t("find.placeholder")}
          aria-label={t("find.label")}
          value={wanted}
          onChange={(event) => onWanted(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <PipelineFilter />
        {can.answer && (
          <ActionIcon
            component={Link}
            to={`/a/${slug}/write`}
            variant="subtle"
            color="gray"
            size={30}
            aria-label={t("newMail")}
            title={`${t("newMail")} (N)`}
          >
            <IconPencilPlus size={18} stroke={1.6} />
          </ActionIcon>
        )}
      </div>
      <ChosenPipeline />
      <ViewChips slug={slug} />
    </header>
  );
}

function Count({ view }: { view: ViewName }) {
  const count = useQuery(countsQuery()).data?.[viewCounts[view]];
  if (!count) return null;
  return (
    <span className={classes.count}>
      {count.n}
      {count.capped && "+"}
    </span>
  );
}

/** On a phone, where the rail is not there. */
function ViewChips({ slug }: { slug: string }) {
  const { t } = useTranslation("tickets");
  const counts = useQuery(countsQuery()).data;
  return (
    <nav className={classes.chips} aria-label={t("views")}>
      {views.map((view) => (
        <Link
          key={view}
          to="/a/$slug/tickets"
          params={{ slug }}
          search={{ view }}
          className={classes.chip}
          activeProps={{ "data-active": true }}
          activeOptions={{ includeSearch: true }}
        >
          {t(`view.${view}`)}
          {view !== "closed" && !!counts?.[viewCounts[view]].n && <b>{counts[viewCounts[view]].n}</b>}
        </Link>
      ))}
      <Link to="/a/$slug/spam" params={{ slug }} className={classes.chip}>
        {t("view.spam")}
      </Link>
    </nav>
  );
}
