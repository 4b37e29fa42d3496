// A condition: rows of field, comparison and value in groups, all or any of them, or not. What it may ask about and how
// what is wrong with it is said, its page knows.
import { ActionIcon, Button, Checkbox, Group as Row, SegmentedControl } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/routing";
import type { Asked, Said } from "./asked";
import classes from "./ConditionBuilder.module.css";
import { ConditionRow } from "./ConditionRow";
import { emptyOf, type Group, groupOf, isLeaf, treeOf } from "./conditions";

interface Props {
  value: Condition;
  onChange: (value: Condition) => void;
  asked: Asked;
  said: Said;
  /** Where the tree stands in what is edited, such as `rules.<id>.when`. */
  path: string;
}

export function ConditionBuilder(props: Props) {
  return <GroupBox {...props} depth={0} />;
}

/** The server takes ten levels; past three nobody can read it. */
const deepest = 2;

function GroupBox({
  value,
  onChange,
  asked,
  said,
  path,
  depth,
  onRemove,
}: Props & { depth: number; onRemove?: () => void }) {
  const { t } = useTranslation("routing");
  const group = groupOf(value);
  const set = (change: Partial<Group>) => onChange(treeOf({ ...group, ...change }));
  const replace = (index: number, item: Condition | null) =>
    set({ items: group.items.toSpliced(index, 1, ...(item ? [item] : [])) });
  const itemPath = (index: number) => `${path}${group.not ? ".not" : ""}.${group.match}.${index}`;
  return (
    <div className={classes.group} data-nested={depth > 0 || undefined}>
      {(group.items.length > 1 || group.not || depth > 0) && (
        <Head group={group} onChange={set} onRemove={onRemove} />
      )}
      {group.items.map((item, index) =>
        isLeaf(item) ? (
          <ConditionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names, and hold nothing of their own
            key={index}
            leaf={item}
            onChange={(changed) => replace(index, changed)}
            onRemove={() => replace(index, null)}
            asked={asked}
            said={said}
            path={itemPath(index)}
          />
        ) : (
          <GroupBox
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            value={item}
            onChange={(changed) => replace(index, changed)}
            onRemove={() => replace(index, null)}
            asked={asked}
            said={said}
            path={itemPath(index)}
            depth={depth + 1}
          />
        ),
      )}
      <Row gap={6}>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          disabled={asked.fields.length === 0}
          onClick={() => set({ items: [...group.items, firstQuestion(asked)] })}
        >
          {t("condition.add")}
        </Button>
        {depth < deepest && group.items.length > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => set({ items: [...group.items, newGroup(group, asked)] })}
          >
            {t("condition.addGroup")}
          </Button>
        )}
      </Row>
    </div>
  );
}

function Head({
  group,
  onChange,
  onRemove,
}: {
  group: Group;
  onChange: (change: Partial<Group>) => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation("routing");
  return (
    <Row gap={10} className={classes.head}>
      <Checkbox
        size="xs"
        label={t("condition.not")}
        title={t("condition.notLabel")}
        checked={group.not}
        onChange={(event) => onChange({ not: event.currentTarget.checked })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t("condition.match")}
        value={group.match}
        onChange={(match) => onChange({ match: match as Group["match"] })}
        data={(["all", "any"] as const).map((match) => ({ value: match, label: t(`condition.${match}`) }))}
      />
      {onRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          ml="auto"
          aria-label={t("condition.removeGroup")}
          onClick={onRemove}
        >
          <IconTrash size={15} stroke={1.7} />
        </ActionIcon>
      )}
    </Row>
  );
}

function firstQuestion(asked: Asked): Condition {
  const subject = asked.fields.find((one) => ["message.subject", "ticket.subject"].includes(one.field));
  const field = subject ?? asked.fields[0];
  if (!field) return {};
  const operator = field.operators.includes("contains") ? "contains" : (field.operators[0] ?? "is");
  return { field: field.field, operator, value: emptyOf(field) };
}

/** A group inside another asks the other way round, or it would not be needed. */
const newGroup = (around: Group, asked: Asked): Condition =>
  treeOf({ match: around.match === "all" ? "any" : "all", not: false, items: [firstQuestion(asked)] });
