// One status: its name and, in a few words, what it does; open, the switches for that.
import { ActionIcon, Select, Switch, TextInput, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustmentsHorizontal, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { SortableRow } from "@/kit/sort/SortableList";
import { type Draft, type DraftStatus, without } from "./draft";
import classes from "./PipelinesPage.module.css";
import { RemoveStatus } from "./RemoveStatus";

interface Props {
  draft: Draft;
  status: DraftStatus;
  number: number;
  open: boolean;
  locked: boolean;
  error?: string;
  onFold: () => void;
  onChange: (change: Partial<DraftStatus>) => void;
  onDraft: (draft: Draft) => void;
}

export function StatusRow(props: Props) {
  const { draft, status, number, open, locked, error, onFold, onChange, onDraft } = props;
  const { t } = useTranslation("pipelines");
  const [asking, { open: ask, close }] = useDisclosure(false);
  const name = status.name.trim() || t("status.new");
  const body = `status-${status.id}`;
  const remove = () => (status.tickets > 0 ? ask() : onDraft(without(draft, status.id, null)));
  return (
    <SortableRow item={{ id: status.id, name }} disabled={locked} className={classes.status}>
      <div className={classes.statusHead}>
        <span className={classes.mark} data-closed={status.is_closed || undefined} aria-hidden="true" />
        <TextInput
          className={classes.statusName}
          aria-label={t("status.name", { number })}
          placeholder={t("status.placeholder")}
          autoFocus={status.fresh && status.name === ""}
          maxLength={60}
          value={status.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          error={error}
        />
        <span className={classes.says}>
          <Says draft={draft} status={status} />
        </span>
        <Tooltip label={t("status.edit", { name })}>
          <ActionIcon
            variant={open ? "light" : "subtle"}
            color={open ? undefined : "gray"}
            aria-label={t("status.edit", { name })}
            aria-expanded={open}
            aria-controls={open ? body : undefined}
            onClick={onFold}
          >
            <IconAdjustmentsHorizontal size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        {!locked && (
          <Tooltip label={t("status.remove", { name })}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("status.remove", { name })}
              disabled={draft.statuses.length <= 2}
              onClick={remove}
            >
              <IconTrash size={16} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {open && (
        <div id={body} className={classes.statusBody}>
          <Details draft={draft} status={status} name={name} onChange={onChange} />
        </div>
      )}
      <RemoveStatus
        draft={draft}
        status={status}
        opened={asking}
        onClose={close}
        onRemove={(to) => onDraft(without(draft, status.id, to))}
      />
    </SortableRow>
  );
}

function Says({ draft, status }: { draft: Draft; status: DraftStatus }) {
  const { t } = useTranslation("pipelines");
  const nameOf = (id: string | null) => draft.statuses.find((one) => one.id === id)?.name;
  const customer = nameOf(status.on_customer_message);
  const agent = nameOf(status.on_agent_reply);
  const words = [
    t(status.is_closed ? "status.closed" : "status.open"),
    status.may_start && t("status.says.start"),
    !status.is_closed && !status.counts && t("status.says.notCounted"),
    customer && t("status.says.customer", { name: customer }),
    agent && t("status.says.agent", { name: agent }),
    status.tickets > 0 &&
      (status.tickets >= 10_000
        ? t("ticketCountMost", { count: status.tickets })
        : t("ticketCount", { count: status.tickets })),
  ];
  return words.filter(Boolean).join(" · ");
}

interface DetailsProps {
  draft: Draft;
  status: DraftStatus;
  name: string;
  onChange: (change: Partial<DraftStatus>) => void;
}

function Details({ draft, status, name, onChange }: DetailsProps) {
  const { t } = useTranslation("pipelines");
  const others = draft.statuses.filter((one) => one.id !== status.id);
  const choice = (one: DraftStatus) => ({ value: one.id, label: one.name.trim() || t("status.new") });
  const staying = (label: string) => ({ value: "", label });
  return (
    <>
      <div className={classes.column}>
        <Switch
          label={t("status.mayStart")}
          description={t("status.mayStartText")}
          checked={status.may_start}
          onChange={(event) => onChange({ may_start: event.currentTarget.checked })}
        />
        <Switch
          label={t("status.isClosed")}
          description={t("status.isClosedText")}
          checked={status.is_closed}
          onChange={(event) => onChange({ is_closed: event.currentTarget.checked })}
        />
        <Switch
          label={t("status.counts")}
          description={t(status.is_closed ? "status.countsClosed" : "status.countsText")}
          disabled={status.is_closed}
          checked={status.counts && !status.is_closed}
          onChange={(event) => onChange({ counts: event.currentTarget.checked })}
        />
      </div>
      <div className={classes.column}>
        <Select
          label={t("status.onCustomer")}
          description={t("status.onCustomerText")}
          allowDeselect={false}
          data={[
            staying(status.is_closed ? t("status.reopens") : t("status.stays", { name })),
            ...others.filter((one) => !one.is_closed).map(choice),
          ]}
          value={status.on_customer_message ?? ""}
          onChange={(to) => onChange({ on_customer_message: to || null })}
        />
        {!status.is_closed && (
          <Select
            label={t("status.onAgent")}
            description={t("status.onCustomerText")}
            allowDeselect={false}
            data={[staying(t("status.stays", { name })), ...others.map(choice)]}
            value={status.on_agent_reply ?? ""}
            onChange={(to) => onChange({ on_agent_reply: to || null })}
          />
        )}
      </div>
    </>
  );
}
