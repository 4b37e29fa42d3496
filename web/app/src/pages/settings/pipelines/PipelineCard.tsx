// One pipeline: its name and statuses in a line, and what can be done to it; open, everything about it.
import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconDotsVertical, IconStar, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import { changePipeline } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { StatusDot } from "@/kit/StatusBadge";
import { SortableRow } from "@/kit/sort/SortableList";
import { useStatusName } from "@/kit/status";
import { toast, toastError } from "@/kit/toast";
import { DeletePipeline } from "./DeletePipeline";
import { PipelineEditor } from "./PipelineEditor";
import classes from "./PipelinesPage.module.css";

interface Props {
  pipeline: Pipeline;
  all: Pipeline[];
  open: boolean;
  locked: boolean;
  onFold: () => void;
}

export function PipelineCard({ pipeline, all, open, locked, onFold }: Props) {
  const { t } = useTranslation("pipelines");
  const body = `pipeline-${pipeline.id}`;
  return (
    <SortableRow
      item={{ id: pipeline.id, name: pipeline.name }}
      disabled={locked || all.length === 1}
      className={classes.card}
    >
      <UnstyledButton
        className={classes.what}
        onClick={onFold}
        aria-expanded={open}
        aria-controls={open ? body : undefined}
        aria-label={t(open ? "fold" : "open", { name: pipeline.name })}
      >
        <span className={classes.name}>
          {pipeline.name}
          {pipeline.is_default && (
            <span className={classes.badge} title={t("defaultText")}>
              {t("default")}
            </span>
          )}
        </span>
        <Statuses pipeline={pipeline} />
        <IconChevronDown size={17} stroke={1.7} className={classes.chevron} aria-hidden="true" />
      </UnstyledButton>
      {!locked && <Doing pipeline={pipeline} all={all} />}
      {open && (
        <div id={body} className={classes.body}>
          <PipelineEditor pipeline={pipeline} locked={locked} />
        </div>
      )}
    </SortableRow>
  );
}

function Statuses({ pipeline }: { pipeline: Pipeline }) {
  const statusName = useStatusName();
  return (
    <span className={classes.way}>
      {pipeline.statuses.map((status) => (
        <span key={status.id} className={classes.stop}>
          <StatusDot status={status} />
          {statusName(status)}
        </span>
      ))}
    </span>
  );
}

function Doing({ pipeline, all }: { pipeline: Pipeline; all: Pipeline[] }) {
  const { t } = useTranslation("pipelines");
  const queryClient = useQueryClient();
  const [deleting, { open, close }] = useDisclosure(false);
  const makeDefault = useMutation({
    mutationFn: () => changePipeline(pipeline.id, { is_default: true }),
    onSuccess: () => toast(t("madeDefault", { name: pipeline.name })),
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: pipelinesQuery().queryKey }),
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            className={classes.doing}
            variant="subtle"
            color="gray"
            aria-label={t("more", { name: pipeline.name })}
          >
            <IconDotsVertical size={17} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconStar size={16} stroke={1.7} />}
            disabled={pipeline.is_default}
            onClick={() => makeDefault.mutate()}
          >
            {t("makeDefault")}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} stroke={1.7} />}
            disabled={pipeline.is_default}
            title={pipeline.is_default ? t("deleteDefault") : undefined}
            onClick={open}
          >
            {t("delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <DeletePipeline pipeline={pipeline} all={all} opened={deleting} onClose={close} />
    </>
  );
}
