import { expect, it } from "vitest";
import { makeLiveEvent } from "@/test/make/timeline";
import { noticesFor } from "./useNoticeAlerts";

it("only notices to me alert me", () => {
  const mine = makeLiveEvent({ seq: 1, name: "notice.created", data: { member_id: "me" } });
  const other = makeLiveEvent({ seq: 2, name: "notice.created", data: { member_id: "sven" } });
  const message = makeLiveEvent({ seq: 3, name: "message.received", data: { member_id: "me" } });
  expect(noticesFor("me", [mine, other, message])).toEqual([mine]);
});
