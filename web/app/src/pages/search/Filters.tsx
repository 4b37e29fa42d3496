// The filters of a query, each to be taken away, and those that one could add.
import { UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./SearchPage.module.css";
import { filtersOf, type Operator, withOperator, without } from "./terms";

const offered: Operator[] = ["from", "is", "assignee", "tag", "has", "after"];

export function Filters({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const { t } = useTranslation("search");
  return (
    <div className={classes.chips}>
      {filtersOf(q).map((filter) => (
        <UnstyledButton
          key={filter.start}
          className={classes.chip}
          data-on
          aria-label={t("takeAway", { filter: filter.text })}
          onClick={() => onChange(without(q, filter))}
        >
          {filter.text}
          <IconX size={13} stroke={2} aria-hidden="true" />
        </UnstyledButton>
      ))}
      {offered.map((operator) => (
        <UnstyledButton
          key={operator}
          className={classes.chip}
          aria-label={t(`operator.${operator}`)}
          onClick={() => onChange(withOperator(q, operator))}
        >
          {operator}:
        </UnstyledButton>
      ))}
    </div>
  );
}
