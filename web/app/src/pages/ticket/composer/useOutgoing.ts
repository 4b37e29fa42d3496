// What leaves besides the words, as the plan says until somebody changes it.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { planQuery } from "@/api/composer";
import type { Draft, TicketDetail } from "@/api/types";
import { fromDraft, fromForm, fromPlan, nobody, type RecipientsValue } from "./recipients";
import type { Writing } from "./writing";

export type Outgoing = ReturnType<typeof useOutgoing>;

export function useOutgoing(ticket: TicketDetail, writing: Writing, draft: Draft | null) {
  const [channel, setChannel] = useState(draft?.channel ?? null);
  const known = writing.mode !== "comment" && (writing.mode !== "forward" || writing.about !== null);
  const read = useQuery({ ...planQuery(ticket.id, writing, channel), enabled: known });
  const plan = writing.mode === "comment" ? undefined : read.data;
  const target = `${writing.mode} ${writing.about}`;
  const [chosen, setChosen] = useState<{ target: string; value: RecipientsValue } | null>(() => {
    const value = fromDraft(draft, writing);
    return value && { target, value };
  });
  const [quotes, setQuotes] = useState<boolean | null>(null);
  const [subject, setSubject] = useState<string | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  return {
    plan,
    /** The line is away: whom it reaches is known only as the ticket says. */
    blind: known && !plan && (read.isError || read.fetchStatus === "paused") && writing.mode !== "forward",
    /** Who gets it is not known yet, and will be. */
    reading: read.isLoading,
    channel,
    setChannel,
    recipients:
      chosen?.target === target
        ? chosen.value
        : plan
          ? fromPlan(plan)
          : known
            ? fromForm(ticket.reply)
            : nobody,
    setRecipients: (value: RecipientsValue) => setChosen({ target, value }),
    quotes: quotes ?? plan?.quotes ?? false,
    setQuotes,
    subject: subject ?? plan?.subject ?? "",
    setSubject,
    left,
    setLeft,
  };
}
