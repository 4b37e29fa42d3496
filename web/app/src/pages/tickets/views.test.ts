import { expect, it } from "vitest";
import { countText, viewKey } from "./views";

it("a count says when there are more, and nothing where it is not known", () => {
  expect(countText({ n: 12, capped: false }, "en")).toBe("12");
  expect(countText({ n: 10_000, capped: true }, "en")).toBe("10,000+");
  expect(countText({ n: 0, capped: false, unknown: true }, "en")).toBeNull();
  expect(countText(undefined, "en")).toBeNull();
});

it("an address names a default view or a saved one, also by an earlier name", () => {
  expect(viewKey("mine")).toBe("mine");
  expect(viewKey("team")).toBe("teams");
  expect(viewKey("0192f0c1-7a2b-7c3d-8e4f-000000000001")).toBe("0192f0c1-7a2b-7c3d-8e4f-000000000001");
  expect(viewKey("toString")).toBeUndefined();
});
