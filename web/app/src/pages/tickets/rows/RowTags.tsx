// The first tags of a ticket in its row, and how many more there are.
import classes from "./TicketRow.module.css";

export function RowTags({ tags, most }: { tags: readonly string[]; most: number }) {
  if (tags.length === 0) return null;
  const more = tags.length - most;
  return (
    <span className={classes.tags} title={tags.join(", ")}>
      {tags.slice(0, most).map((name) => (
        <span key={name} className={classes.tag}>
          {name}
        </span>
      ))}
      {more > 0 && <span className={classes.moreTags}>+{more}</span>}
    </span>
  );
}
