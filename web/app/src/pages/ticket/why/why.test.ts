import { beforeAll, describe, expect, it } from "vitest";
import type { Candidate, Reason } from "@/api/routing";
import { i18n } from "@/i18n";
import { byNearness, decisionWords, reasonWords } from "./reasonWords";

beforeAll(() => i18n.loadNamespaces(["routing"]));

const now = new Date(2026, 10, 23, 14, 0);
const at = (hours: number, minutes: number) => new Date(2026, 10, 23, hours, minutes).toISOString();
type Said = Pick<Reason, "code"> & Partial<Reason>;
const nothing = { since: null, back_at: null, open: null, limit: null, than: null, work: null, team: null };
const whole = (reason: Said): Reason => ({ ...nothing, skills: [], text: "", ...reason });
const said = (reason: Said) => reasonWords(whole(reason), { t: i18n.t, now, locale: "en-GB" });
const candidate = (name: string, ...reasons: Said[]): Candidate => ({
  member: name,
  name,
  chosen: reasons.some((reason) => reason.code === "chosen"),
  reasons: reasons.map(whole),
});

describe("why a candidate was not chosen", () => {
  it.each<[Said, string]>([
    [{ code: "away", since: at(11, 40) }, "away since 11:40"],
    [{ code: "away", since: at(11, 40), back_at: at(15, 0) }, "away since 11:40, back 15:00"],
    [{ code: "full", open: 12, limit: 12 }, "full: 12 of 12"],
    [{ code: "full", open: 3, limit: 3, work: "email" }, "full: 3 of 3 by email"],
    [{ code: "lacks_skills", skills: ["Swedish", "Refunds"] }, "lacks Swedish, Refunds"],
    [{ code: "no_seat" }, "has no seat"],
    [{ code: "unopened", open: 1 }, "has 1 given ticket not yet opened"],
    [{ code: "has_more_open", open: 5, than: 2 }, "has more open: 5, not 2"],
    [{ code: "chosen", open: 0 }, "chosen: had 0 open tickets"],
  ])("%j", (reason, words) => {
    expect(said(reason)).toBe(words);
  });
});

it("the chosen one stands first, then who came closest", () => {
  const found = byNearness([
    candidate("left", { code: "deactivated" }),
    candidate("away", { code: "away" }),
    candidate("busy", { code: "has_more_open" }),
    candidate("ours", { code: "chosen" }),
    candidate("lacking", { code: "away" }, { code: "lacks_skills", skills: ["Finnish"] }),
  ]);
  expect(found.map((one) => one.name)).toEqual(["ours", "busy", "away", "lacking", "left"]);
});

describe("a decision in words", () => {
  it("names the skill that nobody has", () => {
    const candidates = [
      candidate("a", { code: "lacks_skills", skills: ["Finnish", "Refunds"] }),
      candidate("b", { code: "lacks_skills", skills: ["Finnish"] }),
    ];
    const words = decisionWords({ why: "nobody_with_skills", text: "", candidates }, {}, i18n.t);
    expect(words).toBe("Nobody with Finnish.");
  });

  it("is the server's own where it is new to the app", () => {
    expect(decisionWords({ why: "moon", text: "The moon was full.", candidates: [] }, {}, i18n.t)).toBe(
      "The moon was full.",
    );
  });
});
