import { expect, it, vi } from "vitest";
import { loadAnewAfterUpgrade } from "./upgrade";

it("loads the app anew when a page of the old one is gone, but not again at once", () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const reload = vi.fn();
  loadAnewAfterUpgrade(reload);
  const gone = () => window.dispatchEvent(new Event("vite:preloadError", { cancelable: true }));
  expect(gone()).toBe(false);
  expect(gone()).toBe(true);
  expect(reload).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(61_000);
  gone();
  expect(reload).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
