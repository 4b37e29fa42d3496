import { beforeEach, expect, it } from "vitest";
import { setAccount } from "@/api/http";
import type { Draft } from "@/api/types";
import { forget, type Kept, keep, opened, placeOf, recall } from "./localDraft";

const draft = (html: string, updated_at: string): Draft => ({
  html,
  updated_at,
  to: [],
  cc: [],
  bcc: [],
  attachments: [],
  mode: "reply",
  seen_version: 1,
  about: null,
  channel: null,
});
const kept = (html: string, at: string, base: string | null): Kept => ({
  draft: draft(html, at),
  base,
  window: "w",
});
const [early, noon, late] = ["2026-03-02T10:00:00Z", "2026-03-02T12:00:00Z", "2026-03-02T14:00:00Z"];

beforeEach(() => {
  localStorage.clear();
  setAccount("demo");
});

it("is kept until it is forgotten, for one member and ticket", () => {
  const place = placeOf("me", "t1");
  keep(place, kept("a", noon, null));
  expect(recall(place)?.draft.html).toBe("a");
  expect(recall(placeOf("me", "t2"))).toBeNull();
  expect(recall(placeOf("you", "t1"))).toBeNull();
  forget(place);
  expect(recall(place)).toBeNull();
});

it("is nothing when what is stored cannot be read", () => {
  localStorage.setItem("broken", "{");
  expect(recall("broken")).toBeNull();
});

it("goes before the copy of the server that it goes on from, whatever the clocks say", () => {
  expect(opened(draft("old", noon), kept("new", early, noon)).draft?.html).toBe("new");
  expect(opened(null, kept("new", early, noon)).draft?.html).toBe("new");
  expect(opened(undefined, kept("new", early, noon)).draft?.html).toBe("new");
});

it("gives way to what was written later on another machine, and is offered", () => {
  const both = opened(draft("theirs", late), kept("mine", noon, early));
  expect([both.draft?.html, both.other?.html]).toEqual(["theirs", "mine"]);
  const reversed = opened(draft("theirs", noon), kept("mine", late, early));
  expect([reversed.draft?.html, reversed.other?.html]).toEqual(["mine", "theirs"]);
});

it("is the server's where nothing is kept", () => {
  expect(opened(draft("theirs", late), null)).toEqual({ draft: draft("theirs", late), other: null });
  expect(opened(undefined, null)).toEqual({ draft: null, other: null });
});
