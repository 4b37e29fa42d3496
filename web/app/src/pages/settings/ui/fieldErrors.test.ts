import { beforeAll, describe, expect, it } from "vitest";
import { Offline, Problem } from "@/api/http";
import { i18n } from "@/i18n";
import { fieldErrors } from "./fieldErrors";
import { inWords } from "./serverWords";

beforeAll(() => i18n.loadNamespaces(["settings"]));

const invalid = (...errors: { field: string; message: string }[]) =>
  new Problem(422, { type: "/problems/invalid", title: "Some fields are wrong", errors });
const fields = ["host", "address", "name"];

describe("errors of the API find their field", () => {
  it("by the last part of their path", () => {
    const placed = fieldErrors(invalid({ field: "settings.smtp.host", message: "No." }), fields, i18n.t);
    expect(placed).toEqual({ at: { host: "No." }, above: null });
  });

  it("and by their whole name", () => {
    expect(fieldErrors(invalid({ field: "name", message: "No." }), fields, i18n.t).at).toEqual({
      name: "No.",
    });
  });

  it("a field that only ends alike is another field", () => {
    const placed = fieldErrors(invalid({ field: "company_name", message: "No." }), fields, i18n.t);
    expect(placed).toEqual({ at: {}, above: "No." });
  });

  it("what has no field here is said above the form, beside what has", () => {
    const problem = invalid({ field: "name", message: "Long." }, { field: "routing", message: "Odd." });
    expect(fieldErrors(problem, fields, i18n.t)).toEqual({ at: { name: "Long." }, above: "Odd." });
  });

  it("a taken address stands at the address and names the channel if we may know it", () => {
    const taken = new Problem(409, { type: "/problems/address-in-use", channel_name: "Support" });
    expect(fieldErrors(taken, fields, i18n.t).at.address).toContain("Support");
    const elsewhere = new Problem(409, { type: "/problems/address-in-use" });
    expect(fieldErrors(elsewhere, fields, i18n.t).at.address).toContain("Another channel");
  });

  it("no answer at all is said above", () => {
    expect(fieldErrors(new Offline(), fields, i18n.t).above).toContain("cannot be reached");
    expect(fieldErrors(null, fields, i18n.t)).toEqual({ at: {}, above: null });
  });
});

describe("sentences of the server", () => {
  it("are in the reader's language, with what they name", async () => {
    const problem = invalid({ field: "smtp.host", message: "mail.example:465 cannot be reached." });
    await i18n.changeLanguage("sv");
    expect(fieldErrors(problem, fields, i18n.t).at.host).toBe("mail.example:465 går inte att nå.");
    expect(inWords("Sending: outgoing mail is not set up", i18n.t)).toBe(
      "Utgående: Utgående mejl är inte inställt.",
    );
    await i18n.changeLanguage("en");
  });
});
