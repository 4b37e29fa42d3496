// A priority as three bars; normal is silent in lists.
import { Tooltip } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Priority } from "@/api/types";
import classes from "./PriorityIcon.module.css";

const bars: Record<Priority, number> = { low: 1, normal: 2, high: 3, urgent: 3 };

export function PriorityIcon({ priority }: { priority: Priority }) {
  const { t } = useTranslation();
  const name = t(`common:priority.${priority}`);
  return (
    <Tooltip label={`${t("common:priority.label")}: ${name}`}>
      <span className={classes.bars} data-priority={priority} role="img" aria-label={name}>
        {[1, 2, 3].map((bar) => (
          <i key={bar} data-on={bar <= bars[priority] || undefined} />
        ))}
      </span>
    </Tooltip>
  );
}
