import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { loadAnewAfterUpgrade } from "./upgrade";

const gone = async () => {
  window.dispatchEvent(new Event("vite:preloadError"));
  await vi.advanceTimersByTimeAsync(1);
};

beforeEach(() => {
  sessionStorage.clear();
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => vi.useRealTimers());

it("loads the app anew when a page of the old one is gone, but not again at once", async () => {
  const reload = vi.fn();
  loadAnewAfterUpgrade(reload, async () => true);
  await gone();
  await gone();
  expect(reload).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(61_000);
  await gone();
  expect(reload).toHaveBeenCalledTimes(2);
});

it("leaves the screen alone while the server is away or has nothing newer", async () => {
  const reload = vi.fn();
  loadAnewAfterUpgrade(reload, async () => false);
  await gone();
  expect(reload).not.toHaveBeenCalled();
});
