// One submission as a row of the table. The moment it was received is the link that opens it; the rest of the row does
// so too for those who point.
import { IconEyeOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type MouseEvent, memo } from "react";
import { useTranslation } from "react-i18next";
import type { Submission } from "@/api/submissions";
import { Time } from "@/kit/Time";
import type { Column } from "../columns";
import { Cell } from "./Cell";
import classes from "./SubmissionList.module.css";
import type { Widths } from "./widths";

interface Props {
  slug: string;
  submission: Submission;
  index: number;
  columns: Column[];
  widths: Widths;
  open: boolean;
  fresh: boolean;
  /** Pixels from the first row's top. */
  top: number;
  height: number;
  onOpen: (id: string) => void;
}

export const Row = memo(function Row(props: Props) {
  const { slug, submission, index, columns, widths, open, fresh, top, height, onOpen } = props;
  const onClick = (event: MouseEvent) => {
    const selecting = window.getSelection()?.toString();
    if (!selecting && !(event.target as Element).closest("a")) onOpen(submission.id);
  };
  return (
    <tr
      aria-rowindex={index + 2}
      data-index={index}
      data-open={open || undefined}
      data-fresh={fresh || undefined}
      className={classes.row}
      style={{ height, transform: `translateY(${top}px)`, gridTemplateColumns: widths.template }}
      onClick={onClick}
    >
      {columns.map((column) => (
        <td key={column.key} className={classes.cell}>
          {column.key === "received" ? (
            <Link
              from="/a/$slug/forms/$formId/submissions"
              to="."
              search={(now) => ({ ...now, open: submission.id })}
              className={classes.received}
            >
              <Time at={submission.received_at} as="clock" />
            </Link>
          ) : (
            <Cell slug={slug} submission={submission} column={column} />
          )}
        </td>
      ))}
    </tr>
  );
});

interface HeadProps {
  columns: Column[];
  widths: Widths;
}

export function HeadRow({ columns, widths }: HeadProps) {
  const { t } = useTranslation("submissions");
  return (
    <thead className={classes.head}>
      <tr className={classes.headRow} style={{ gridTemplateColumns: widths.template }}>
        {columns.map((column) => (
          <th key={column.key} scope="col" className={classes.headCell}>
            {column.field ? (
              <span className={classes.ellipsis} title={column.field.label}>
                {column.field.label}
              </span>
            ) : (
              t(`column.${column.key}`)
            )}
            {column.field?.hidden && (
              <span className={classes.hiddenMark} title={t("hidden")}>
                <IconEyeOff size={13} stroke={1.7} aria-hidden="true" />
                <span className="k-hidden">({t("hidden")})</span>
              </span>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}
