// Which cached reads an event makes stale; the queries on screen are then read again.
import type { Query, QueryClient } from "@tanstack/react-query";
import { apart as inInbox } from "@/api/inboxes";
import type { LiveEvent, Me } from "@/api/types";
import { isLongList, renewLists } from "./renew";

/** A read by its name, and by the id it is about where there is one. */
export interface Touched {
  read:
    | "tickets"
    | "views"
    | "bulk"
    | "inboxes"
    | "inbox-conversations"
    | "conversation"
    | "view-counts"
    | "ticket"
    | "timeline"
    | "draft"
    | "contact"
    | "contact-timeline"
    | "channels"
    | "raw-events"
    | "ledger"
    | "notices"
    | "me"
    | "members"
    | "member"
    | "member-mails"
    | "teams"
    | "roles"
    | "skill-categories"
    | "skill-uses"
    | "ticket-routing"
    | "routing-history"
    | "pipelines"
    | "properties"
    | "condition-fields"
    | "automations"
    | "automation-runs"
    | "tags"
    | "macros"
    | "desk-settings"
    | "spam"
    | "sender-rules"
    | "my-addresses"
    | "forms"
    | "form-versions";
  id?: string;
}

/** Reads of the whole account, by the first word of the event's name. */
const wholeReads: Record<string, Touched["read"][]> = {
  address: ["channels"],
  desk: ["desk-settings", "members", "member"],
  channel: ["channels", "ledger", "me", "ticket", "routing-history", "forms"],
  ledger: ["ledger", "channels"],
  raw_event: ["raw-events", "ledger", "channels"],
  form: ["forms", "form-versions"],
  notice: ["notices", "me"],
  ticket: ["tickets", "view-counts"],
  message: ["tickets", "view-counts"],
  delivery: ["tickets", "view-counts"],
  conversation: ["spam", "tickets", "view-counts"],
  inbox: ["inboxes", "channels"],
  view: ["views", "tickets", "view-counts"],
  sender: ["sender-rules"],
  member: ["me", "members", "member", "my-addresses"],
  member_mail: ["member-mails"],
  automation: ["automations", "automation-runs"],
  tag: ["tags"],
  macro: ["macros"],
  team: ["teams", "members", "member", "automations", "macros", "views"],
  role: ["roles", "me", "members"],
  pipeline: ["pipelines", "properties", "condition-fields", "automations", "ticket", "views"],
  property: ["properties", "condition-fields", "automations", "views"],
  skill: ["skill-categories", "skill-uses", "member"],
};

const ofTicket = ["ticket", "timeline", "ticket-routing"] as const;

export function touchedBy(event: LiveEvent): Touched[] {
  const id = event.ticket_id ?? undefined;
  const apart = event.conversation_id ?? undefined;
  if (event.name === "draft.changed") return draftOf(id, apart);

  if (event.name === "bulk.progressed") return [{ read: "bulk", id: String(event.data.job_id) }];

  const subject = event.name.split(".")[0] ?? "";
  const touched: Touched[] = (wholeReads[subject] ?? []).map((read) => ({ read }));
  if (namesSomebody(event)) touched.push({ read: "tickets" }, { read: "view-counts" });
  if (id && subject !== "notice") for (const read of ofTicket) touched.push({ read, id });
  // In the help desk a conversation is read with its ticket; in an inbox it stands for itself.
  if (apart && subject !== "notice" && ["message", "delivery", "comment", "conversation"].includes(subject))
    touched.push(
      { read: "inboxes" },
      { read: "inbox-conversations" },
      { read: "conversation", id: apart },
      { read: "timeline", id: inInbox(apart) },
    );
  if (event.contact_id)
    for (const read of ["contact", "contact-timeline"] as const) touched.push({ read, id: event.contact_id });
  return touched;
}

function draftOf(ticket: string | undefined, conversation: string | undefined): Touched[] {
  if (ticket) return [{ read: "draft", id: ticket }];
  return conversation ? [{ read: "draft", id: inInbox(conversation) }] : [];
}

/** A comment with mentions brings its ticket into a list; any other stays within it. */
const namesSomebody = ({ name, data }: LiveEvent) =>
  name === "comment.added" && Array.isArray(data.mentions) && data.mentions.length > 0;

/** After an event that may change which tickets and channels I see, or what I may do, everything is read again. */
export function freshen(queryClient: QueryClient, slug: string, events: LiveEvent[]): void {
  const me = queryClient.getQueryData<Me>(["account", slug, "me"]);
  if (events.some((event) => changesMySight(event, me))) {
    freshenAll(queryClient, slug);
    return;
  }
  const touched = events.flatMap(touchedBy);
  if (touched.length === 0) return;
  const few = ticketsIn(events);
  queryClient.invalidateQueries({
    predicate: (query) => touched.some((one) => isAbout(query, slug, one)) && !(few && isLongList(query)),
  });
  if (few) renewLists(queryClient, slug, few);
}

/** The tickets that these events are about, where none of them is about more of a list than single tickets. */
function ticketsIn(events: LiveEvent[]): string[] | null {
  const about = events.filter((event) => touchedBy(event).some(({ read }) => read === "tickets"));
  const ids = about.map((event) => event.ticket_id).filter((id) => id !== null);
  return about.length > 0 && ids.length === about.length ? [...new Set(ids)] : null;
}

const rights = ["role", "has_seat", "teams"];

function changesMySight({ name, data }: LiveEvent, me: Me | undefined): boolean {
  const fields = Array.isArray(data.fields) ? data.fields : [];
  if (name === "role.changed") return data.role === me?.role;
  // Who was in the team is not said, and to see a team's tickets is to see its other members'.
  if (name === "team.changed") return fields.includes("members") || fields.includes("deleted");
  if (data.member_id !== me?.member_id) return false;
  if (name === "member.changed") return fields.some((field) => rights.includes(field));
  return name === "member.deactivated" || name === "member.reactivated";
}

export function freshenAll(queryClient: QueryClient, slug: string): void {
  queryClient.invalidateQueries({ queryKey: ["account", slug] });
}

/** What could not be read while the line was away is read now; the events that were missed tell of the rest. */
export function catchUp(queryClient: QueryClient, slug: string): void {
  queryClient.refetchQueries({
    queryKey: ["account", slug],
    type: "active",
    predicate: ({ state }) => state.status === "error" || state.isInvalidated || state.fetchFailureCount > 0,
  });
}

/** A ticket is cached under the number in the address, while events name its id. */
function isAbout(query: Query, slug: string, touched: Touched): boolean {
  const [scope, account, read, key] = query.queryKey;
  if (scope !== "account" || account !== slug || read !== touched.read) return false;
  if (!touched.id || key === touched.id) return true;
  return (query.state.data as { id?: string } | undefined)?.id === touched.id;
}
