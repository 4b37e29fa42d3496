// Which columns are in the table: what every submission has, what the form asks, what it asked before.
import { Button, Checkbox, Popover, ScrollArea } from "@mantine/core";
import { IconColumns3, IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Column } from "../columns";
import classes from "./Filters.module.css";
import type { Columns } from "./useColumns";

export function ColumnsChooser({ columns }: { columns: Columns }) {
  const { t } = useTranslation("submissions");
  const { all, chosen, choose, isChosen } = columns;
  const keys = chosen.map(({ key }) => key);
  const toggle = (key: string) =>
    choose(keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key]);
  const groups: [string, Column[]][] = [
    ["every", all.filter(({ field }) => !field)],
    ["asked", all.filter(({ field }) => field && !field.former)],
    ["former", all.filter(({ field }) => field?.former)],
  ];
  return (
    <Popover position="bottom-end" trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconColumns3 size={15} stroke={1.7} aria-hidden="true" />}
          className={classes.columnsButton}
        >
          {t("columns.title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <ScrollArea.Autosize mah={380} type="auto">
          <div className={classes.columns}>
            {groups.map(
              ([name, members]) =>
                members.length > 0 && (
                  <fieldset key={name} className={classes.group}>
                    <legend>{t(`columns.${name}`)}</legend>
                    {members.map((column) => (
                      <Checkbox
                        key={column.key}
                        size="xs"
                        label={<ColumnName column={column} />}
                        checked={keys.includes(column.key)}
                        disabled={column.key === "received"}
                        onChange={() => toggle(column.key)}
                      />
                    ))}
                  </fieldset>
                ),
            )}
            <Button size="compact-xs" variant="subtle" disabled={!isChosen} onClick={() => choose(null)}>
              {t("columns.usual")}
            </Button>
          </div>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}

export function ColumnName({ column }: { column: Column }) {
  const { t } = useTranslation("submissions");
  if (!column.field) return t(`column.${column.key}`);
  return (
    <span className={classes.columnName} title={column.field.label}>
      <span className={classes.ellipsis}>{column.field.label}</span>
      {column.field.hidden && (
        <>
          <IconEyeOff size={13} stroke={1.7} aria-hidden="true" />
          <span className="k-hidden">({t("hidden")})</span>
        </>
      )}
    </span>
  );
}
