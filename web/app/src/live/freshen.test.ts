import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import { makeLiveEvent } from "@/test/make/timeline";
import { freshen, freshenAll } from "./freshen";

let queryClient: QueryClient;
const lists = ["account", "demo", "tickets", "list", { status: ["open"] }];
const counts = ["account", "demo", "view-counts"];
const byNumber = ["account", "demo", "ticket", "7"];
const timeline = ["account", "demo", "timeline", "t1"];
const otherTimeline = ["account", "demo", "timeline", "t2"];
const otherAccount = ["account", "else", "view-counts"];
const draft = ["account", "demo", "draft", "t1"];
const notices = ["account", "demo", "notices"];

beforeEach(() => {
  queryClient = new QueryClient();
  for (const key of [lists, counts, timeline, otherTimeline, otherAccount, draft, notices])
    queryClient.setQueryData(key, {});
  queryClient.setQueryData(byNumber, { id: "t1", number: 7 });
});

const isStale = (key: readonly unknown[]) => queryClient.getQueryState(key)?.isInvalidated;

describe("a live event", () => {
  it("about a message makes its ticket, its timeline, lists and counts stale, and nothing else", () => {
    freshen(queryClient, "demo", [makeLiveEvent({ name: "message.received", ticket_id: "t1" })]);
    expect([lists, counts, byNumber, timeline].map(isStale)).toEqual([true, true, true, true]);
    expect([otherTimeline, otherAccount, draft, notices].map(isStale)).toEqual([false, false, false, false]);
  });

  it("finds a ticket that is cached under its number", () => {
    freshen(queryClient, "demo", [makeLiveEvent({ name: "ticket.assigned", ticket_id: "t1" })]);
    expect(isStale(byNumber)).toBe(true);
  });

  it("about a comment leaves the lists alone", () => {
    freshen(queryClient, "demo", [makeLiveEvent({ name: "comment.added", ticket_id: "t1" })]);
    expect([timeline, lists].map(isStale)).toEqual([true, false]);
  });

  it("about a comment that names somebody brings its ticket into their list", () => {
    const data = { mentions: ["m2"] };
    freshen(queryClient, "demo", [makeLiveEvent({ name: "comment.added", ticket_id: "t1", data })]);
    expect([lists, counts].map(isStale)).toEqual([true, true]);
  });

  it("about a draft touches that draft only", () => {
    freshen(queryClient, "demo", [makeLiveEvent({ name: "draft.changed", ticket_id: "t1" })]);
    expect([draft, timeline, byNumber].map(isStale)).toEqual([true, false, false]);
  });

  it("about a notice touches the notices, not the ticket it names", () => {
    freshen(queryClient, "demo", [makeLiveEvent({ name: "notice.created", ticket_id: "t1" })]);
    expect([notices, timeline].map(isStale)).toEqual([true, false]);
  });

  it("about a channel refreshes open tickets: whether they can be answered may have changed", () => {
    freshen(queryClient, "demo", [makeLiveEvent({ name: "channel.changed", channel_id: "ch1" })]);
    expect([byNumber, timeline].map(isStale)).toEqual([true, false]);
  });

  it("that something is spam or is not makes the spam, the lists and the ticket stale", () => {
    const spam = ["account", "demo", "spam", "list", {}];
    const rules = ["account", "demo", "sender-rules", "deny", ""];
    for (const key of [spam, rules]) queryClient.setQueryData(key, {});
    freshen(queryClient, "demo", [makeLiveEvent({ name: "conversation.spam_changed", ticket_id: "t1" })]);
    expect([spam, lists, byNumber, rules].map(isStale)).toEqual([true, true, true, false]);
    freshen(queryClient, "demo", [makeLiveEvent({ name: "sender.changed" })]);
    expect(isStale(rules)).toBe(true);
  });

  it("about somebody's availability refreshes whatever shows them, and me", () => {
    const members = ["account", "demo", "members"];
    const member = ["account", "demo", "member", "m1"];
    for (const key of [members, member]) queryClient.setQueryData(key, {});
    freshen(queryClient, "demo", [
      makeLiveEvent({ name: "member.availability_changed", ticket_id: null, data: { member_id: "m1" } }),
    ]);
    expect([members, member, lists].map(isStale)).toEqual([true, true, false]);
  });

  it("about a pipeline or a property refreshes whatever offers them, and open tickets where statuses changed", () => {
    const pipelines = ["account", "demo", "pipelines"];
    const properties = ["account", "demo", "properties", "all"];
    for (const key of [pipelines, properties]) queryClient.setQueryData(key, {});
    freshen(queryClient, "demo", [makeLiveEvent({ name: "property.changed", ticket_id: null })]);
    expect([pipelines, properties, byNumber].map(isStale)).toEqual([false, true, false]);
    freshen(queryClient, "demo", [makeLiveEvent({ name: "pipeline.changed", ticket_id: null })]);
    expect([pipelines, properties, byNumber, timeline].map(isStale)).toEqual([true, true, true, false]);
  });

  it.each([
    ["member.changed", { member_id: "me", fields: ["role"] }, true],
    ["member.changed", { member_id: "me", fields: ["has_seat"] }, true],
    ["member.changed", { member_id: "me", fields: ["teams", "skills"] }, true],
    ["member.changed", { member_id: "me", fields: ["title"] }, false],
    ["member.changed", { member_id: "m2", fields: ["role"] }, false],
    ["team.changed", { team_id: "t1", fields: ["members"] }, true],
    ["team.changed", { team_id: "t1", fields: ["name"] }, false],
    ["role.changed", { role: "agent", fields: ["sees"] }, true],
    ["role.changed", { role: "lead", fields: ["sees"] }, false],
  ])("%s %j reads all anew: %s, for it may change what I see", (name, data, all) => {
    queryClient.setQueryData(["account", "demo", "me"], { member_id: "me", role: "agent" });
    freshen(queryClient, "demo", [makeLiveEvent({ name, ticket_id: null, data })]);
    expect([lists, counts, timeline, byNumber].map(isStale)).toEqual([all, all, all, all]);
    expect(isStale(otherAccount)).toBe(false);
  });

  it("of a name we do not know still refreshes the ticket it is about", () => {
    freshen(queryClient, "demo", [makeLiveEvent({ name: "sla.breached", ticket_id: "t1" })]);
    expect([byNumber, lists].map(isStale)).toEqual([true, false]);
  });
});

it("a gap too large to replay makes everything of the account stale", () => {
  freshenAll(queryClient, "demo");
  expect([lists, timeline, otherTimeline, notices].map(isStale)).toEqual([true, true, true, true]);
  expect(isStale(otherAccount)).toBe(false);
});
