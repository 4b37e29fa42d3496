// Send; or send and set a status in one go, or later.
import { Button, Group, Menu, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCalendarClock, IconChevronUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import type { Status } from "@/api/types";
import { StatusDot } from "@/kit/StatusBadge";
import { useStatusName } from "@/kit/status";
import classes from "./SendButton.module.css";
import { LaterItems, OwnTime } from "./SendLater";

export interface HowToSend {
  status?: string;
  sendAt?: string;
}

interface Props {
  /** A comment is added, and that is all. */
  comment?: boolean;
  /** The statuses that it may set stand beside this one; null: it sets none. */
  status: Status | null;
  disabled: boolean;
  sending: boolean;
  onSend: (how: HowToSend) => void;
}

export function SendButton({ comment = false, status, disabled, sending, onSend }: Props) {
  const { t } = useTranslation("composer");
  const [asking, ask] = useDisclosure(false);
  const label = t(comment ? "addComment" : "send");
  return (
    <Group gap={1} wrap="nowrap" className={classes.group}>
      <Button
        size="xs"
        h={32}
        px={14}
        className={comment ? undefined : classes.send}
        disabled={disabled}
        loading={sending}
        onClick={() => onSend({})}
        title={`${label} (Ctrl+Enter)`}
      >
        {label}
      </Button>
      {!comment && (
        <Menu position="top-end">
          <Menu.Target>
            <Button
              size="xs"
              h={32}
              px={7}
              className={classes.more}
              disabled={disabled}
              aria-label={t("sendHow")}
            >
              <IconChevronUp size={15} stroke={2} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {status && <Statuses status={status} onStatus={(key) => onSend({ status: key })} />}
            <Menu.Label>{t("later.title")}</Menu.Label>
            <LaterItems onLater={(at) => onSend({ sendAt: at })} />
            <Menu.Item leftSection={<IconCalendarClock size={15} stroke={1.7} />} onClick={ask.open}>
              {t("later.own")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Modal opened={asking} onClose={ask.close} title={t("later.title")} size="xs">
        <OwnTime
          label={t("later.send")}
          onChosen={(at) => {
            ask.close();
            onSend({ sendAt: at });
          }}
        />
      </Modal>
    </Group>
  );
}

function Statuses({ status, onStatus }: { status: Status; onStatus: (key: string) => void }) {
  const { t } = useTranslation("composer");
  const statusName = useStatusName();
  const pipelines = useQuery(pipelinesQuery()).data?.items ?? [];
  const pipeline = pipelines.find((one) => one.statuses.some((known) => known.id === status.id));
  const others = pipeline?.statuses.filter((other) => other.id !== status.id && other.key !== "new") ?? [];
  // What is worked in an inbox has no pipeline: it is open or closed.
  if (status.id === "open")
    return <Menu.Item onClick={() => onStatus("closed")}>{t("sendAndClose")}</Menu.Item>;
  if (status.id === "closed") return null;
  return (
    <>
      <Menu.Label>{t("sendAndSet")}</Menu.Label>
      {others.map((other) => (
        <Menu.Item
          key={other.id}
          leftSection={<StatusDot status={other} />}
          onClick={() => onStatus(other.key)}
        >
          {statusName(other)}
        </Menu.Item>
      ))}
    </>
  );
}
