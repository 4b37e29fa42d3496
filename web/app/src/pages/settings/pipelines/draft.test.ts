import { describe, expect, it } from "vitest";
import type { Pipeline } from "@/api/types";
import { bodyOf, changed, draftOf, kept, slug, without, withStatus } from "./draft";

const status = (id: string, more: Partial<Pipeline["statuses"][number]> = {}) => ({
  id,
  key: `key_${id}`,
  name: id.toUpperCase(),
  is_closed: false,
  position: 0,
  may_start: true,
  counts: true,
  on_customer_message: null,
  on_agent_reply: null,
  tickets: 0,
  ...more,
});
const pipeline: Pipeline = {
  id: "p",
  name: "Orders",
  is_default: false,
  position: 0,
  no_skipping: false,
  no_backwards: false,
  grace_days: 30,
  statuses: [
    status("a", { on_agent_reply: "b", tickets: 3 }),
    status("b", { on_customer_message: "a" }),
    status("c", { is_closed: true, on_customer_message: "a" }),
  ],
};
const draft = () => draftOf(pipeline);

describe("a pipeline while it is changed", () => {
  it("is sent as it came when nothing was changed", () => {
    const body = bodyOf(draft(), pipeline);
    expect(body.statuses?.map((one) => one.id)).toEqual(["a", "b", "c"]);
    expect(body.statuses?.[1]?.on_customer_message).toBe("a");
    expect(body.move_to).toEqual({});
  });

  it("puts a new status before those that close, and lets others name it by a key", () => {
    const more = withStatus(draft());
    const fresh = more.statuses[2];
    if (!fresh) throw new Error("no new status");
    const named = changed(changed(more, fresh.id, { name: "Väntar" }), "a", { on_agent_reply: fresh.id });
    const body = bodyOf(named, pipeline);
    expect(body.statuses?.[2]).toMatchObject({ key: "vantar", name: "Väntar" });
    expect(body.statuses?.[2]).not.toHaveProperty("id");
    expect(body.statuses?.[0]?.on_agent_reply).toBe("vantar");
  });

  it("forgets a status that goes wherever it was named, and says where its tickets go", () => {
    const less = without(draft(), "a", "b");
    expect(less.statuses.map((one) => one.on_customer_message)).toEqual([null, null]);
    expect(bodyOf(less, pipeline).move_to).toEqual({ a: "b" });
  });

  it("sends tickets on when the status that they were to go to goes too", () => {
    const less = without(without(draft(), "a", "b"), "b", "c");
    expect(less.leaving.map(({ status: { id }, to }) => [id, to])).toEqual([
      ["a", "c"],
      ["b", "c"],
    ]);
  });

  it("brings a status back", () => {
    const same = kept(without(draft(), "b", null), "b");
    expect(same.statuses.map((one) => one.id)).toEqual(["a", "c", "b"]);
    expect(same.leaving).toEqual([]);
  });

  it("lets no customer's message turn to what closes", () => {
    const closing = changed(draft(), "a", { is_closed: true });
    expect(closing.statuses.map((one) => one.on_customer_message)).toEqual([null, null, null]);
    expect(closing.statuses[0]?.on_agent_reply).toBe("b");
  });
});

it("makes keys that the server takes", () => {
  expect([slug("2nd line!"), slug("Väntar på oss"), slug("注文")]).toEqual(["nd_line", "vantar_pa_oss", ""]);
});
