// Which tickets a role sees, as a picture: three channels of tickets, of which the seen ones are filled.
import type { Sees } from "@/api/roles";
import classes from "./RolesPage.module.css";

/** The first two columns are open to them; "own" is theirs, "team" their team's, "other" of other people. */
const columns = [
  ["own", "team", "other"],
  ["nobody", "other", "own"],
  ["closed", "closed", "closed"],
] as const;
type Cell = (typeof columns)[number][number];

const seen: Record<Sees, Cell[]> = {
  all: ["own", "team", "nobody", "other", "closed"],
  channels: ["own", "team", "nobody", "other"],
  teams: ["own", "team", "nobody"],
  own: ["own"],
};

export function SightPicture({ sees, size = 46 }: { sees: Sees; size?: number }) {
  return (
    <svg
      viewBox="0 0 46 34"
      width={size}
      height={(size * 34) / 46}
      className={classes.picture}
      aria-hidden="true"
    >
      {columns.map((cells, column) =>
        cells.map((cell, row) => (
          <rect
            // The picture never changes its order.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={`${column}${row}`}
            x={1 + column * 15.5}
            y={1 + row * 11.5}
            width="13"
            height="9"
            rx="2.5"
            data-seen={seen[sees].includes(cell) || undefined}
          />
        )),
      )}
    </svg>
  );
}
