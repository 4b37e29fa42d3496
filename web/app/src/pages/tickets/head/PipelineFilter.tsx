// Narrows the list to one pipeline where there are several; the choice stands in the address and stays from view to view.
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import classes from "./ListHead.module.css";
import { PipelineButton } from "./PipelineButton";

// A menu is as much script as half the list: only who opens it fetches it.
const PipelineMenu = lazy(() =>
  import("./PipelineMenu").then((module) => ({ default: module.PipelineMenu })),
);

export function PipelineFilter({ board }: { board?: string }) {
  const { pipelines, chosen = board, choose } = usePipelineFilter();
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  if (pipelines.length < 2 && !chosen) return null;
  const button = (
    <PipelineButton
      chosen={chosen !== undefined}
      aria-haspopup="menu"
      onClick={() => {
        setWanted(true);
        setOpened(true);
      }}
    />
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <PipelineMenu
        pipelines={pipelines}
        chosen={chosen}
        choose={choose}
        all={!board}
        opened={opened}
        onOpened={setOpened}
      />
    </Suspense>
  );
}

/** Says what the list is narrowed to, and ends it. */
export function ChosenPipeline() {
  const { t } = useTranslation("tickets");
  const { pipelines, chosen, choose } = usePipelineFilter();
  if (!chosen) return null;
  const name = pipelines.find((pipeline) => pipeline.id === chosen)?.name ?? "…";
  return (
    <div className={classes.chosen}>
      <span>{t("pipeline.only", { name })}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={22}
        aria-label={t("pipeline.end")}
        onClick={() => choose(undefined)}
      >
        <IconX size={14} stroke={1.8} />
      </ActionIcon>
    </div>
  );
}

function usePipelineFilter() {
  const { pipeline: chosen } = useSearch({ from: "/a/$slug/tickets" });
  const navigate = useNavigate();
  const pipelines = useQuery(pipelinesQuery()).data?.items ?? [];
  const choose = (pipeline: string | undefined) =>
    navigate({ to: ".", search: (before) => ({ ...before, pipeline }) });
  return { pipelines, chosen, choose };
}
