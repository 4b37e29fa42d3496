import { expect, it } from "vitest";
import { nextSort, sortedBy, sortsOf } from "./sorts";

it("the head of a column turns its order round, the newest first", () => {
  expect(nextSort("created_at", "-last_message_at")).toBe("-created_at");
  expect(nextSort("created_at", "-created_at")).toBe("created_at");
  expect(nextSort("waiting_since", "-created_at")).toBe("waiting_since");
  expect(nextSort("waiting_since", "waiting_since")).toBe("waiting_since");
});

it("a table tells which column it stands by", () => {
  expect(sortedBy("created_at", "created_at")).toBe("ascending");
  expect(sortedBy("priority", "-priority")).toBe("descending");
  expect(sortedBy("subject", "-priority")).toBeUndefined();
});

it("a view's own order is offered beside those that all have", () => {
  expect(sortsOf({ sort: "-deleted_at" })).toContain("-deleted_at");
  expect(sortsOf({ sort: "created_at" })).toHaveLength(6);
});
