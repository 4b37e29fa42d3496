import { expect, it } from "vitest";
import { fitting } from "./ActionPicker";

it("a choice in which a word begins with what was typed comes before one that merely holds it", () => {
  const choices = ["Nobody", "Alva Admin", "Bo Lind"].map((label) => ({ value: label, label }));
  expect(fitting(choices, "bo").map(({ label }) => label)).toEqual(["Bo Lind", "Nobody"]);
  expect(fitting(choices, "")).toEqual(choices);
});
