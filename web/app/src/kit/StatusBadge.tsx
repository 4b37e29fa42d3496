// A status as a small dot with its name.
import type { Status } from "@/api/types";
import classes from "./StatusBadge.module.css";
import { statusTone, useStatusName } from "./status";

export function StatusBadge({ status }: { status: Pick<Status, "key" | "name" | "is_closed"> }) {
  const name = useStatusName();
  return (
    <span className={classes.badge} data-tone={statusTone(status)}>
      <StatusDot status={status} />
      {name(status)}
    </span>
  );
}

/** Shape differs as well as colour: full is ours to do, half waits for them, a ring is done. */
export function StatusDot({ status }: { status: Pick<Status, "key" | "is_closed"> }) {
  return <span className={classes.dot} data-tone={statusTone(status)} aria-hidden="true" />;
}
