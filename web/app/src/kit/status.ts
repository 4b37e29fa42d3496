// Names and colours of statuses and priorities; names of our own keys are translated, others shown as they are.
import { useTranslation } from "react-i18next";
import type { Priority, Status } from "@/api/types";

const known = ["new", "waiting_on_contact", "waiting_on_us", "closed"];

/** Statuses which a team named itself keep that name; the four we ship are in the reader's language. */
export function useStatusName(): (status: Pick<Status, "key" | "name">) => string {
  const { t } = useTranslation();
  return (status) =>
    known.includes(status.key) && status.name === englishNames[status.key]
      ? t(`common:status.${status.key}`)
      : status.name;
}

const englishNames: Record<string, string> = {
  new: "New",
  waiting_on_contact: "Waiting on contact",
  waiting_on_us: "Waiting on us",
  closed: "Closed",
};

export type StatusTone = "new" | "ours" | "theirs" | "done";

export function statusTone(status: Pick<Status, "key" | "is_closed">): StatusTone {
  if (status.is_closed) return "done";
  if (status.key === "new") return "new";
  return status.key === "waiting_on_contact" ? "theirs" : "ours";
}

export const priorities: Priority[] = ["urgent", "high", "normal", "low"];
