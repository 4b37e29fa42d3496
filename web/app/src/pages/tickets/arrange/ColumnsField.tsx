// Which columns a table has, in which order: those that are in it first, by drag or keyboard; the others to be added.
import { Checkbox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { moved, SortableList, SortableRow } from "@/kit/sort/SortableList";
import { always, useColumns } from "../columns";
import classes from "./ArrangeViews.module.css";

interface Props {
  value: string[];
  onChange: (columns: string[]) => void;
}

export function ColumnsField({ value, onChange }: Props) {
  const { t } = useTranslation("views");
  const { all, name } = useColumns();
  const others = all.filter((column) => !value.includes(column));
  return (
    <>
      <SortableList
        label={t("columns.title")}
        className={classes.list}
        items={value.map((column) => ({ id: column, name: name(column) }))}
        onMove={(from, to) => onChange(moved(value, from, to))}
      >
        {value.map((column) => (
          <SortableRow key={column} item={{ id: column, name: name(column) }} className={classes.row}>
            <Checkbox
              size="xs"
              className={classes.check}
              label={name(column)}
              checked
              disabled={column === always}
              onChange={() => onChange(value.filter((one) => one !== column))}
            />
          </SortableRow>
        ))}
      </SortableList>
      {others.length > 0 && (
        <fieldset className={classes.others}>
          <legend>{t("columns.others")}</legend>
          {others.map((column) => (
            <Checkbox
              key={column}
              size="xs"
              label={name(column)}
              checked={false}
              onChange={() => onChange([...value, column])}
            />
          ))}
        </fieldset>
      )}
    </>
  );
}
