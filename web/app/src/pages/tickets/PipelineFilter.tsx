// Narrows the list to one pipeline where there are several; the choice stands in the address and stays from view to view.
import { ActionIcon, Menu } from "@mantine/core";
import { IconFilter, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import classes from "./ListHead.module.css";

const all = "all";

export function PipelineFilter() {
  const { t } = useTranslation("tickets");
  const { pipelines, chosen, choose } = usePipelineFilter();
  if (pipelines.length < 2 && !chosen) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant={chosen ? "light" : "subtle"}
          color={chosen ? undefined : "gray"}
          size={30}
          title={t("pipeline.filter")}
          aria-label={t("pipeline.filter")}
        >
          <IconFilter size={16} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t("pipeline.filter")}>
        <Menu.RadioGroup value={chosen ?? all} onChange={(id) => choose(id === all ? undefined : id)}>
          <Menu.RadioItem value={all} closeMenuOnClick>
            {t("pipeline.all")}
          </Menu.RadioItem>
          {pipelines.map(({ id, name }) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
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
