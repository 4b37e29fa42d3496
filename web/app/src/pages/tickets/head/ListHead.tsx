// The head of a list: its name, a field to narrow it or jump to a number, how it is shown; on a phone the way to others.
import { ActionIcon, Loader, TextInput, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconPencilPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { type KeyboardEvent, lazy, type RefObject, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { type View, viewCountsQuery } from "@/api/views";
import { useKeys } from "@/kit/keys";
import { countText, useViewName } from "../views";
import classes from "./ListHead.module.css";
import { Look } from "./Look";
import { ChosenPipeline, PipelineFilter } from "./PipelineFilter";

const ViewsDrawer = lazy(() => import("./ViewsDrawer").then((module) => ({ default: module.ViewsDrawer })));

interface Find {
  wanted: string;
  onWanted: (text: string) => void;
  onNumber: (number: string) => void;
  field: RefObject<HTMLInputElement | null>;
}

interface Props {
  slug: string;
  view: View;
  find?: Find;
  refreshing?: boolean;
  /** The pipeline whose statuses are the lanes: a board always shows one. */
  board?: string;
}

export function ListHead({ slug, view, find, refreshing = false, board }: Props) {
  const { t } = useTranslation("tickets");
  const { can } = useMe();
  const narrowed = useSearch({ from: "/a/$slug/tickets" }).pipeline !== undefined;
  return (
    <header className={classes.head}>
      <div className={classes.bar}>
        <Title slug={slug} view={view} />
        {!narrowed && <Count view={view} />}
        <span className={classes.busy}>
          {refreshing && <Loader size={12} role="progressbar" aria-label={t("common:loading")} />}
        </span>
        {find && <FindField find={find} />}
        <PipelineFilter board={board} />
        <Look view={view} />
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
      {!board && <ChosenPipeline />}
    </header>
  );
}

/** On a phone, where the rail is not there, it opens the other views. */
function Title({ slug, view }: { slug: string; view: View }) {
  const { t } = useTranslation("tickets");
  const viewName = useViewName();
  const [open, setOpen] = useState(false);
  const [wasOpen, setWasOpen] = useState(false);
  const name = viewName(view);
  return (
    <h1 className={classes.title}>
      <span className={classes.name}>{name}</span>
      <UnstyledButton
        className={classes.others}
        aria-label={`${name}, ${t("views")}`}
        aria-haspopup="dialog"
        onClick={() => {
          setWasOpen(true);
          setOpen(true);
        }}
      >
        <span className={classes.ellipsis}>{name}</span>
        <IconChevronDown size={16} stroke={1.8} aria-hidden="true" />
      </UnstyledButton>
      {wasOpen && (
        <Suspense>
          <ViewsDrawer slug={slug} opened={open} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </h1>
  );
}

function FindField({ find: { wanted, onWanted, onNumber, field } }: { find: Find }) {
  const { t } = useTranslation("tickets");
  useKeys("list", [{ id: "find", keys: "g f", label: t("key.find"), run: () => field.current?.focus() }]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const number = /^#?(\d+)$/.exec(wanted.trim())?.[1];
    if (event.key === "Enter" && number) onNumber(number);
    if (event.key !== "Escape") return;
    onWanted("");
    event.currentTarget.blur();
  };
  return (
    <TextInput
      ref={field}
      size="xs"
      className={classes.find}
      leftSection={<IconSearch size={14} stroke={1.7} />}
      placeholder={t("find.placeholder")}
      aria-label={t("find.label")}
      value={wanted}
      onChange={(event) => onWanted(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function Count({ view }: { view: View }) {
  const { i18n } = useTranslation();
  const text = countText(useQuery(viewCountsQuery()).data?.[view.key], i18n.language);
  return text === null ? null : <span className={classes.count}>{text}</span>;
}
