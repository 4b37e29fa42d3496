// Says what an event was, in the reader's language.
import type { TFunction } from "i18next";
import type { EventItem } from "@/api/types";
import { i18n } from "@/i18n";
import { dateLocale, messageTime } from "@/kit/time";

const priorityNames = ["low", "normal", "high", "urgent"];
const statusKeys: Record<string, string> = {
  New: "new",
  "Waiting on contact": "waiting_on_contact",
  "Waiting on us": "waiting_on_us",
  Closed: "closed",
};

export function eventWords(event: EventItem, t: TFunction): string {
  const who = event.rule
    ? t(event.rule.name ? "ticket:byRule" : "ticket:bySomeRule", { name: event.rule.name })
    : (event.actor?.name ?? t("ticket:kanal"));
  const from = named(event.text.from, t);
  const to = named(event.text.to, t);
  const variant = to ? (to === who ? "_self" : "") : from && from !== who ? "_none" : "_plain";
  // Another pipeline is a change of the ticket, told beside its new status.
  const moved = event.name === "ticket.changed" && !to;
  const key = `ticket:event.${moved ? "ticket.moved" : event.name}`;
  const spam =
    typeof event.data.spam === "boolean" ? [`${key}_${event.data.spam ? "marked" : "unmarked"}`] : [];
  const side = "into_id" in event.data ? "into" : "from_id" in event.data ? "from" : null;
  const why = [event.data.why, event.data.outcome, event.rule && "byRule", side]
    .filter((each) => typeof each === "string")
    .map((each) => `${key}_${each}`);
  return t([...spam, ...why, `${key}${variant}`, key, "ticket:event.other"], {
    who,
    from,
    to,
    name: event.name,
    until: typeof event.data.until === "string" ? untilWords(event.data.until) : "",
  });
}

const untilWords = (at: string) => messageTime(at, new Date(), dateLocale(i18n.language));

function named(name: string | null | undefined, t: TFunction): string {
  if (!name) return "";
  if (priorityNames.includes(name)) return t(`common:priority.${name}`);
  const status = statusKeys[name];
  return status ? t(`common:status.${status}`) : name;
}
