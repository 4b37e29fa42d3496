// Who gets what is being written: as the plan says, until somebody changes it.
import type { Mailbox, Plan, Target } from "@/api/composer";
import type { Draft, ReplyOptions } from "@/api/types";

export interface RecipientsValue {
  to: string[];
  cc: string[];
  bcc: string[];
  newPeople: string[];
}

export const nobody: RecipientsValue = { to: [], cc: [], bcc: [], newPeople: [] };

export function fromPlan(plan: Plan | undefined): RecipientsValue {
  if (!plan) return nobody;
  return { ...nobody, to: plan.to.map(address), cc: plan.cc.map(address) };
}

/** As the ticket says, for as long as the plan cannot be read. */
export function fromForm({ to, cc }: ReplyOptions): RecipientsValue {
  return { ...nobody, to, cc };
}

/** Those of a draft for the same target; null: as the plan says. */
export function fromDraft(draft: Draft | null, { mode, about }: Target): RecipientsValue | null {
  if (!draft || draft.mode !== mode || (draft.about ?? null) !== about) return null;
  if (draft.to.length + draft.cc.length + draft.bcc.length === 0) return null;
  return { ...nobody, to: draft.to, cc: draft.cc, bcc: draft.bcc };
}

export const countOf = ({ to, cc, bcc, newPeople }: RecipientsValue) =>
  to.length + cc.length + bcc.length + newPeople.length;

const address = (mailbox: Mailbox) => mailbox.address;
