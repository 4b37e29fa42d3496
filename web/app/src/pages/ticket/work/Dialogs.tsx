// The dialogs of a ticket; their code is fetched with the first that is opened.
import type { TicketDetail } from "@/api/types";
import { EditDialog } from "./EditDialog";
import { LinkDialog } from "./LinkDialog";
import { MergeDialog } from "./MergeDialog";
import { SnoozeDialog } from "./SnoozeDialog";
import { TagsDialog } from "./TagsDialog";
import type { Work } from "./useWork";

export type Asking = "snooze" | "merge" | "link" | "tags" | "edit";

interface Props {
  asking: Asking;
  ticket: TicketDetail;
  work: Work;
  onClose: () => void;
}

const dialogs = {
  snooze: SnoozeDialog,
  merge: MergeDialog,
  link: LinkDialog,
  tags: TagsDialog,
  edit: EditDialog,
};

export function Dialogs({ asking, ...rest }: Props) {
  const Dialog = dialogs[asking];
  return <Dialog {...rest} />;
}
