import { expect, it } from "vitest";
import { links } from "./links";

const found = (text: string) =>
  links(text)
    .filter((part) => part.href)
    .map((part) => part.href);

it.each([
  ["see https://a.example/x?y=1.", ["https://a.example/x?y=1"]],
  ["(https://a.example/x)", ["https://a.example/x"]],
  ["https://a.example/wiki/X_(y)", ["https://a.example/wiki/X_(y)"]],
  ["go to www.a.example, or mail me@a.example!", ["https://www.a.example", "mailto:me@a.example"]],
  ["javascript:alert(1) and data:text/html,x", []],
  ["nothing here", []],
])("finds the addresses in %s", (text, expected) => expect(found(text)).toEqual(expected));

it("loses no character", () => {
  const text = "a https://b.example. c\nwww.d.example) e";
  expect(
    links(text)
      .map((part) => part.text)
      .join(""),
  ).toBe(text);
});
