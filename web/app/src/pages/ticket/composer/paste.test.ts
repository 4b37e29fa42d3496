import { expect, it } from "vitest";
import { longestMarkup, longestText, outcomeOf, paragraphs } from "./paste";

const long = "x".repeat(longestText + 1);

it("long text becomes a file, so that nothing of it is lost", async () => {
  const outcome = outcomeOf({ text: long, html: "" }, true, "pasted.txt");
  expect(outcome.as).toBe("file");
  if (outcome.as !== "file") throw new Error();
  expect([outcome.file.name, await outcome.file.text()]).toEqual(["pasted.txt", long]);
});

it("long text is cut where no file can go", () => {
  const outcome = outcomeOf({ text: long, html: "" }, false, "pasted.txt");
  expect(outcome).toEqual({ as: "cut", text: "x".repeat(longestText) });
});

it("markup out of proportion comes as words; all else as it is", () => {
  const html = `<p style="${"a".repeat(longestMarkup)}">Hi</p>`;
  expect(outcomeOf({ text: "Hi", html }, true, "")).toEqual({ as: "plain", text: "Hi" });
  expect(outcomeOf({ text: "Hi", html: "<p>Hi</p>" }, true, "")).toEqual({ as: "is" });
});

it("lines become paragraphs", () => {
  const hi = { type: "paragraph", content: [{ type: "text", text: "Hi" }] };
  expect(paragraphs("Hi\r\n\nHi")).toEqual([hi, { type: "paragraph" }, hi]);
});
