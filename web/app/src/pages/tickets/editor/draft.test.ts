import { expect, it } from "vitest";
import { changes, given, isChanged, newDraft } from "./draft";

const draft = { ...newDraft(undefined), name: "Mine" };

it("only what differs is sent, so that what a colleague changed beside it stays", () => {
  expect(changes({ ...draft, sort: "created_at" }, draft)).toEqual({ sort: "created_at" });
  expect(isChanged({ ...draft }, draft)).toBe(false);
});

it("empty groups are no part of the filter, and teams count only where it is shared with them", () => {
  const shown = given({ ...draft, filter: { all: [draft.filter, { any: [] }] }, teams: ["t1"] });
  expect(shown.filter).toEqual({ all: [draft.filter] });
  expect(shown.teams).toEqual([]);
  expect(given({ ...draft, shared_with: "teams", teams: ["t1"] }).teams).toEqual(["t1"]);
});
