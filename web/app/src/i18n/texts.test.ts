import { expect, it } from "vitest";

type Texts = { [key: string]: string | Texts };
const files = import.meta.glob<{ default: Texts }>("./*/*.json", { eager: true });
const names = Object.keys(files)
  .filter((path) => path.startsWith("./en/"))
  .map((path) => path.slice("./en/".length));

function flat(texts: Texts, before = ""): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(texts).map(([key, value]) =>
      typeof value === "string" ? { [before + key]: value } : flat(value, `${before}${key}.`),
    ),
  );
}

const holes = (text: string | undefined) =>
  [...(text ?? "").matchAll(/\{\{(\w+)\}\}/g)].map((hole) => hole[1]).sort();

it.each(names)("%s says the same things in English and Swedish", (name) => {
  const english = flat(files[`./en/${name}`]?.default ?? {});
  const swedish = flat(files[`./sv/${name}`]?.default ?? {});
  expect(Object.keys(english).length).toBeGreaterThan(0);
  expect(Object.keys(swedish).sort()).toEqual(Object.keys(english).sort());
  for (const key of Object.keys(english))
    expect([key, holes(swedish[key])]).toEqual([key, holes(english[key])]);
});
