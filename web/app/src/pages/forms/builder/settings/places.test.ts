import { describe, expect, it } from "vitest";
import type { Pipeline } from "@/api/types";
import { makeContents, makeField } from "@/test/make/form";
import { type Draft, draftOf } from "../draft";
import { withPlace } from "./places";

const status = (key: string, is_closed = false) =>
  ({ key, is_closed, name: key }) as Pipeline["statuses"][number];
const pipelines = [
  { id: "p1", is_default: true, statuses: [status("new"), status("closed", true)] },
  { id: "p2", is_default: false, statuses: [status("received")] },
] as Pipeline[];
const hidden = (name: string, value: string | null) =>
  makeField({ name, type: "select", hidden: true, property: `ticket.${name}`, default: value });
const defaultOf = (draft: Draft, name: string) => draft.fields.find((field) => field.name === name)?.default;

describe("frm_4: where tickets begin", () => {
  it("is kept in the hidden fields that a new form has", () => {
    const draft = draftOf(makeContents([makeField(), hidden("pipeline", null), hidden("status", null)]));
    const next = withPlace(draft, "ticket.pipeline", "p2", pipelines);
    expect(defaultOf(next, "pipeline")).toBe("p2");
    expect(next.fields).toHaveLength(3);
  });

  it("gets a hidden field where the form has none", () => {
    const next = withPlace(draftOf(makeContents()), "ticket.status", "new", pipelines);
    expect(next.fields.at(-1)).toMatchObject({ name: "status", hidden: true, default: "new" });
  });

  it("is no status that the pipeline does not have", () => {
    const draft = draftOf(makeContents([hidden("pipeline", null), hidden("status", "new")]));
    expect(defaultOf(withPlace(draft, "ticket.pipeline", "p2", pipelines), "status")).toBeNull();
    expect(defaultOf(withPlace(draft, "ticket.pipeline", "p1", pipelines), "status")).toBe("new");
  });
});
