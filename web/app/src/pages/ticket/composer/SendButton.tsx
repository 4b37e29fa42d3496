// Send, or send and set a status in one go.
import { Button, Group, Menu } from "@mantine/core";
import { IconChevronUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import type { Status } from "@/api/types";
import { StatusDot } from "@/kit/StatusBadge";
import { useStatusName } from "@/kit/status";
import type { Mode } from "./ComposerDock";
import classes from "./SendButton.module.css";

interface Props {
  mode: Mode;
  status: Status;
  disabled: boolean;
  sending: boolean;
  onSend: (status?: string) => void;
}

export function SendButton({ mode, status, disabled, sending, onSend }: Props) {
  const { t } = useTranslation("composer");
  const statusName = useStatusName();
  const pipelines = useQuery(pipelinesQuery()).data?.items ?? [];
  const pipeline = pipelines.find((one) => one.statuses.some((known) => known.id === status.id));
  const others = pipeline?.statuses.filter((other) => other.id !== status.id && other.key !== "new") ?? [];
  return (
    <Group gap={1} wrap="nowrap" className={classes.group}>
      <Button
        size="xs"
        h={32}
        px={14}
        className={mode === "reply" ? classes.send : undefined}
        disabled={disabled}
        loading={sending}
        onClick={() => onSend()}
        title={`${t(mode === "reply" ? "send" : "addComment")} (Ctrl+Enter)`}
      >
        {t(mode === "reply" ? "send" : "addComment")}
      </Button>
      {mode === "reply" && (
        <Menu position="top-end">
          <Menu.Target>
            <Button
              size="xs"
              h={32}
              px={7}
              className={classes.more}
              disabled={disabled}
              aria-label={t("sendAndSet")}
            >
              <IconChevronUp size={15} stroke={2} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t("sendAndSet")}</Menu.Label>
            {others.map((other) => (
              <Menu.Item
                key={other.id}
                leftSection={<StatusDot status={other} />}
                onClick={() => onSend(other.key)}
              >
                {statusName(other)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
