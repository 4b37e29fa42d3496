import { describe, expect, it } from "vitest";
import type { Member } from "@/api/people";
import { addressesIn } from "@/kit/addresses";
import { makeMember } from "@/test/make/member";
import { everybody, grouped, isFiltered } from "./filters";
import { capacityHow, capacitySound } from "./member/capacity";
import { byCountryName, countryOf, nextHolidays } from "./member/countries";
import { fateOf } from "./member/TicketsFate";
import { isMemberTab } from "./member/tabs";
import { periodText } from "./member/usePeriodText";

const away = makeMember({
  id: "2",
  name: "Bo Lind",
  availability: { ...makeMember().availability, state: "away" },
});
const members: Member[] = [
  makeMember({ id: "1", name: "Örjan", title: "Repairs", team_ids: ["t1"] }),
  away,
  makeMember({ id: "3", name: "Cilla Ek", joined_at: null }),
  makeMember({ id: "4", name: "Dag", active: false }),
];
const names = (list: Member[]) => list.map((member) => member.name);

describe("the list of members", () => {
  it("shows who works here, who is invited and who has left apart, by name in the reader's order", () => {
    const { working, invited, left } = grouped(members, everybody, "sv");
    expect([names(working), names(invited), names(left)]).toEqual([
      ["Bo Lind", "Örjan"],
      ["Cilla Ek"],
      ["Dag"],
    ]);
  });

  it("is narrowed by words in name, title or address, team, role and standing", () => {
    const found = (part: object) => names(grouped(members, { ...everybody, ...part }, "en").working);
    expect(found({ search: "rep ör" })).toEqual(["Örjan"]);
    expect(found({ team: "t1" })).toEqual(["Örjan"]);
    expect(found({ role: "viewer" })).toEqual([]);
    expect(found({ standing: "away" })).toEqual(["Bo Lind"]);
    expect([isFiltered(everybody), isFiltered({ ...everybody, role: "agent" })]).toEqual([false, true]);
  });
});

describe("an invitation", () => {
  it("reads a list of addresses however it was pasted", () => {
    expect(
      addressesIn("Eva Ek <eva@a.example>, bo@b.example\ncilla@c.example;nonsense dag@d.example"),
    ).toEqual(["eva@a.example", "bo@b.example", "cilla@c.example", "nonsense", "dag@d.example"]);
  });
});

describe("a member", () => {
  it("has one limit, one for each sort of work, or none (ROUTE-26)", () => {
    expect([{}, { total: 0 }, { email: 3 }].map(capacityHow)).toEqual(["none", "total", "works"]);
    expect([{ total: Number.NaN }, { total: 0 }, {}].map(capacitySound)).toEqual([false, true, true]);
  });

  it("who leaves hands over to somebody, or nobody is chosen yet", () => {
    expect(fateOf({ how: "queue", to: "1" })).toBe("queue");
    expect(fateOf({ how: "to", to: "1" })).toEqual({ to: "1" });
    expect(fateOf({ how: "to", to: null })).toBeNull();
  });

  it("opens at the part that the address names", () => {
    expect(["access", "skills", "else", undefined].map(isMemberTab)).toEqual([true, true, false, false]);
  });
});

describe("where somebody works", () => {
  it("is a country, with a region where it has holidays of its own", () => {
    expect(["DE-BY", "SE", ""].map(countryOf)).toEqual(["DE", "SE", ""]);
  });

  it("is found by the name in the reader's language", () => {
    const countries = [
      { code: "SE", name: "Sweden", subdivisions: [] },
      { code: "AT", name: "Austria", subdivisions: [] },
      { code: "ZZZ", name: "Atlantis", subdivisions: [] },
    ];
    const sorted = (language: string) => byCountryName(countries, language).map((each) => each.code);
    expect([sorted("en"), sorted("sv")]).toEqual([
      ["ZZZ", "AT", "SE"],
      ["ZZZ", "SE", "AT"],
    ]);
  });

  it("shows the holidays ahead, today's too", () => {
    const days = ["2026-12-26", "2026-01-01", "2026-12-25"].map((date) => ({ date, name: date }));
    expect(nextHolidays(days, "2026-12-25", 5).map((day) => day.date)).toEqual(["2026-12-25", "2026-12-26"]);
  });
});

describe("a period out of office", () => {
  it("is said in days where it is of whole days", () => {
    const days = { from: "2026-06-30T22:00:00Z", to: "2026-07-14T22:00:00Z" };
    expect(periodText(days, "Europe/Stockholm", "en-GB")).toMatch(/^1\s?–\s?14 July 2026$/);
    const day = { from: "2026-06-30T22:00:00Z", to: "2026-07-01T22:00:00Z" };
    expect(periodText(day, "Europe/Stockholm", "en-GB")).toBe("1 July 2026");
  });

  it("else with its times, on the clock where they work", () => {
    const period = { from: "2026-07-01T10:00:00Z", to: "2026-07-01T12:30:00Z" };
    expect(periodText(period, "Europe/Stockholm", "en-GB")).toMatch(/12:00\s?–\s?14:30/);
  });
});
