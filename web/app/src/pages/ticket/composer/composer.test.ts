import { describe, expect, it } from "vitest";
import { Problem } from "@/api/http";
import { addressIn } from "@/kit/addresses";
import { allOwn, staleReply } from "@/live/outbox/deliver";
import { makeComment, makeEvent, makeMessage } from "@/test/make/timeline";
import { attachedIds } from "./useAttachments";
import { hasContent } from "./useDraftSaver";
import { timeLeft } from "./useSentToast";

describe("an address", () => {
  it.each([
    ["elin@post.example", "elin@post.example"],
    ["Elin Berg <elin@post.example>", "elin@post.example"],
    ["mailto:elin@post.example", "elin@post.example"],
    ["admin@localhost", "admin@localhost"],
    ["elin@post", null],
    ["elin post.example", null],
    ["a@b.example\nBcc: c@d.example", null],
    ["", null],
  ])("in %j is %j", (text, address) => expect(addressIn(text)).toBe(address));
});

describe("a stale reply", () => {
  const newer = [makeMessage()];
  const conflict = new Problem(409, { type: "/problems/stale-reply", version: 9, newer });

  it("is told from other conflicts, and carries what is new", () => {
    expect(staleReply(conflict)).toEqual({ version: 9, newer });
    expect(staleReply(new Problem(409, { type: "/problems/conflict" }))).toBeNull();
  });

  it("is no news when I made all of it myself", () => {
    const mine = { member_id: "me", name: "Me" };
    expect(allOwn([makeComment({ author: mine }), makeEvent({ actor: mine })], "me")).toBe(true);
    expect(allOwn([makeComment({ author: mine }), makeMessage()], "me")).toBe(false);
    expect(allOwn([], "me")).toBe(false);
  });
});

describe("a draft", () => {
  it("is empty when only tags and spaces are left", () => {
    expect(hasContent({ html: "<p></p><p>&nbsp; </p>", attachments: [] })).toBe(false);
    expect(hasContent({ html: "<p>Hi</p>", attachments: [] })).toBe(true);
    expect(hasContent({ html: '<p><img src="x"></p>', attachments: [] })).toBe(true);
    expect(hasContent({ html: "<p></p>", attachments: ["a1"] })).toBe(true);
  });
});

describe("the time to undo", () => {
  const now = Date.parse("2026-03-02T10:00:00Z");
  it("is what the server says, unless a clock is off", () => {
    expect(timeLeft("2026-03-02T10:00:07Z", now)).toBe(7000);
    expect(timeLeft("2026-03-02T12:00:00Z", now)).toBe(8000);
    expect(timeLeft("2026-03-02T09:00:00Z", now)).toBe(8000);
    expect(timeLeft(null, now)).toBe(8000);
  });
});

describe("an image in the text", () => {
  const uploaded = (id: string, inline: boolean) => ({
    key: id,
    name: `${id}.png`,
    size: 1,
    content_type: "image/png",
    progress: 1,
    inline,
    error: null,
    attachment: {
      id,
      name: `${id}.png`,
      content_type: "image/png",
      size: 1,
      url: `/api/v1/attachments/${id}`,
      is_image: true,
      inline,
      content_id: "",
    },
  });

  it("goes along while the text shows it; a file beside it always does", () => {
    const files = [uploaded("img", true), uploaded("gone", true), uploaded("file", false)];
    expect(attachedIds(files, '<img src="/api/v1/attachments/img?inline=1">')).toEqual(["img", "file"]);
  });
});
