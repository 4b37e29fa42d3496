// The inside of a toast about a notice: its ticket or channel, to click on.
import { Anchor } from "@mantine/core";
import type { Notice } from "@/api/types";
import { aboutOf } from "./notices";

export function NoticeToast({ notice, onOpen }: { notice: Notice; onOpen: () => void }) {
  const about = aboutOf(notice);
  if (!about) return null;
  return (
    <Anchor component="button" type="button" fz="sm" ta="left" onClick={onOpen}>
      {about}
    </Anchor>
  );
}
