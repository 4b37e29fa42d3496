// The shape of a ticket while it is being read.
import { Skeleton } from "@mantine/core";

export function TicketSkeleton() {
  return (
    <div aria-hidden="true" style={{ padding: "18px 20px", display: "grid", gap: 18 }}>
      <Skeleton height={14} width="45%" />
      <Skeleton height={26} width="60%" />
      <Skeleton height={110} />
      <Skeleton height={70} width="85%" />
    </div>
  );
}
