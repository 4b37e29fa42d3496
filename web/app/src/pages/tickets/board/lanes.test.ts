import { expect, it } from "vitest";
import { type Lane, laneBeside } from "./lanes";

it("the outermost lane has none beside it", () => {
  const lanes = ["new", "open", "closed"].map((id) => ({ id })) as Lane[];
  expect(laneBeside(lanes, "new", 1)?.id).toBe("open");
  expect(laneBeside(lanes, "closed", 1)?.id).toBe("closed");
  expect(laneBeside(lanes, "new", -1)?.id).toBe("new");
});
