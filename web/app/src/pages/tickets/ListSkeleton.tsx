// The shape of the list while it is being read.
import { Skeleton } from "@mantine/core";

const lines = ["62%", "48%", "71%", "55%", "66%", "43%", "58%", "69%"];

export function ListSkeleton() {
  return (
    <div aria-hidden="true" style={{ padding: "14px 16px", display: "grid", gap: 26 }}>
      {lines.map((width) => (
        <div key={width} style={{ display: "grid", gap: 8 }}>
          <Skeleton height={10} width="32%" />
          <Skeleton height={10} width={width} />
        </div>
      ))}
    </div>
  );
}
