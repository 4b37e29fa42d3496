import { describe, expect, it } from "vitest";
import { begin, redone, step, undone } from "./history";

describe("steps", () => {
  it("go back and forth", () => {
    const steps = step(step(begin("a"), "b", null, 0), "c", null, 1);
    expect(undone(steps).now).toBe("b");
    expect(undone(undone(undone(steps))).now).toBe("a");
    expect(redone(undone(steps)).now).toBe("c");
  });

  it("what is typed in one go is one of them", () => {
    const typed = step(step(begin("a"), "ab", "label", 0), "abc", "label", 500);
    expect(undone(typed).now).toBe("a");
  });

  it("after a pause, or in another place, another one begins", () => {
    const paused = step(step(begin("a"), "ab", "label", 0), "abc", "label", 5000);
    expect(undone(paused).now).toBe("ab");
    const elsewhere = step(step(begin("a"), "ab", "label", 0), "abc", "help", 10);
    expect(undone(elsewhere).now).toBe("ab");
  });

  it("a change after an undo forgets what was undone", () => {
    const steps = step(undone(step(begin("a"), "b", null, 0)), "c", null, 1);
    expect(redone(steps)).toBe(steps);
    expect(undone(steps).now).toBe("a");
  });

  it("nothing changed is none", () => {
    const steps = begin("a");
    expect(step(steps, "a", null, 0)).toBe(steps);
    expect(undone(steps)).toBe(steps);
  });
});
