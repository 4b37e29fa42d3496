// The inside of a toast about a notice: its ticket, to click on.
import { Anchor } from "@mantine/core";
import type { Notice } from "@/api/types";

export function NoticeToast({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  if (!notice.ticket) return null;
  return (
    <Anchor component="button" type="button" fz="sm" ta="left" onClick={onOpen}>
      #{notice.ticket.number} {notice.ticket.subject}
    </Anchor>
  );
}
