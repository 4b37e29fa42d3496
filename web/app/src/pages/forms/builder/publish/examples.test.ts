import { describe, expect, it } from "vitest";
import type { FormField } from "@/api/forms";
import { makeContents, makeField } from "@/test/make/form";
import { curlExample, htmlExample, prefillExample } from "./examples";

const published = (...fields: Partial<FormField>[]) => ({
  ...makeContents(fields.map(makeField)),
  url: "https://desk.example/f/abc",
});

describe("a page of one's own", () => {
  it("has a control for each field that is shown", () => {
    const form = published(
      { name: "email", type: "email", label: "Email", required: true },
      { name: "size", type: "select", label: "Size", options: ["s", "m"], labels: { s: "Small" } },
      { name: "pipeline", type: "select", hidden: true },
    );
    const page = new DOMParser().parseFromString(htmlExample(form), "text/html");
    expect(page.querySelector("form")?.getAttribute("action")).toBe("https://desk.example/f/abc");
    expect(page.querySelector<HTMLInputElement>("[name=email]")).toMatchObject({
      type: "email",
      required: true,
    });
    expect([...page.querySelectorAll("option")].map((option) => [option.value, option.text])).toEqual([
      ["", ""],
      ["s", "Small"],
      ["m", "m"],
    ]);
    expect(page.querySelector("[name=pipeline]")).toBeNull();
  });

  it("sends files only where there are any", () => {
    expect(htmlExample(published({ type: "file" }))).toContain('enctype="multipart/form-data"');
    expect(htmlExample(published({ type: "text" }))).not.toContain("enctype");
  });

  it("holds no markup of labels", () => {
    expect(htmlExample(published({ label: '<b>"a" & b</b>' }))).toContain(
      "&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt;",
    );
  });
});

it("a program sends what the fields ask for", () => {
  const text = curlExample(published({ name: "it's", type: "checkbox" }, { name: "n", type: "number" }));
  expect(text).toContain("\"it'\\''s\": true");
  expect(text).toContain('"n": 1');
});

it("an address fills in what is known", () => {
  expect(prefillExample(published({ name: "topic" }))).toBe("https://desk.example/f/abc?topic=%E2%80%A6");
  expect(prefillExample(published({ type: "file" }))).toBe("https://desk.example/f/abc");
});
