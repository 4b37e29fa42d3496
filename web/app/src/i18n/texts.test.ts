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

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", {
  eager: true,
  query: "?raw",
  import: "default",
});
const forms = ["", "_one", "_other", "_ordinal_other"];

function isSaid(namespace: string, key: string): boolean {
  const texts = flat(files[`./en/${namespace}.json`]?.default ?? {});
  return forms.some((form) => key + form in texts);
}

it("says something wherever a page asks for a text by its name", () => {
  const missing = Object.entries(sources).flatMap(([path, source]) => {
    const used = [...source.matchAll(/useTranslation\(([^)]*)\)/g)];
    if (path.includes(".test.") || used.length === 0) return [];
    const spaces = new Set(
      used.flatMap((call) => [...(call[1] ?? "").matchAll(/"(\w+)"/g)].map((name) => name[1])),
    );
    if (spaces.size === 0) spaces.add("common");
    return [...source.matchAll(/\bt\(\s*"([^"]+)"/g)]
      .map((call) => call[1] ?? "")
      .filter((key) => {
        const [namespace, rest] = key.includes(":") ? key.split(":") : [];
        if (namespace !== undefined) return !isSaid(namespace, rest ?? "");
        return ![...spaces].some((name) => isSaid(name ?? "", key));
      })
      .map((key) => `${path}: ${key}`);
  });
  expect(missing).toEqual([]);
});
