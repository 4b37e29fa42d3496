import { expect, it } from "vitest";
import { makeLiveEvent } from "@/test/make/timeline";
import { noticesFor, onDesktop } from "./useNoticeAlerts";

it("only notices to me alert me", () => {
  const mine = makeLiveEvent({ seq: 1, name: "notice.created", data: { member_id: "me" } });
  const other = makeLiveEvent({ seq: 2, name: "notice.created", data: { member_id: "sven" } });
  const message = makeLiveEvent({ seq: 3, name: "message.received", data: { member_id: "me" } });
  expect(noticesFor("me", [mine, other, message])).toEqual([mine]);
});

it("shows on the desktop what is wanted there", () => {
  const loud = makeLiveEvent({ data: { member_id: "me", notice_id: "n1", desktop: true } });
  const silent = makeLiveEvent({ data: { member_id: "me", notice_id: "n2", desktop: false } });
  expect(onDesktop([loud, silent])).toEqual(new Set(["n1"]));
});
