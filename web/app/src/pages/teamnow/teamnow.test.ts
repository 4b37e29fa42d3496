import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { i18n } from "@/i18n";
import { makeLiveEvent } from "@/test/make/timeline";
import { concernsTeamNow, throttled } from "./useTeamNowLive";
import { waited } from "./waited";
import { whyWords } from "./whyWords";

beforeAll(() => i18n.loadNamespaces(["teamnow"]));

it.each([
  [42, "0:42"],
  [725, "12:05"],
  [3 * 3600 + 20 * 60, "3h 20m"],
  [52 * 3600, "2d 4h"],
  [-3, "0:00"],
])("%d seconds are %s", (seconds, words) => {
  expect(waited(seconds, "en-GB")).toBe(words);
});

describe("the board is read again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("at once, and however much happens then, once more after the pause", () => {
    let reads = 0;
    const again = throttled(() => {
      reads += 1;
    }, 1000);
    for (let event = 0; event < 50; event++) again.call();
    expect(reads).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(reads).toBe(2);
    vi.advanceTimersByTime(5000);
    expect(reads).toBe(2);
  });

  it("for people and tickets, and not for drafts and notices", () => {
    const concerned = (name: string) => concernsTeamNow(makeLiveEvent({ name }));
    expect(["ticket.queued", "member.availability_changed", "hand_over.made"].every(concerned)).toBe(true);
    expect(["draft.changed", "notice.created"].some(concerned)).toBe(false);
  });
});

describe("why something waits", () => {
  it("names the skills that nobody has", () => {
    const why = { code: "nobody_with_skills", text: "", skills: ["Finnish"], count: 1 };
    expect(whyWords(why, i18n.t)).toBe("nobody with Finnish");
  });

  it("is said by the server where the app does not know it", () => {
    expect(whyWords({ code: "moon", text: "full moon", skills: [], count: 2 }, i18n.t)).toBe("full moon");
  });
});
