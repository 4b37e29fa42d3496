import { expect, it } from "vitest";
import { partsOf } from "./parts";

it("each folder has its share of the line, and a small one can still be hit", () => {
  const [inbox, sent] = partsOf([
    { folder: "INBOX", on_server: 990, explained: 990 },
    { folder: "Sent", on_server: 10, explained: 10 },
  ]);
  expect([inbox?.share, sent?.share]).toEqual([0.99, 0.08]);
});

it("one unexplained message among thousands keeps the line from looking full", () => {
  const [inbox] = partsOf([{ folder: "INBOX", on_server: 20_000, explained: 19_999 }]);
  expect(inbox?.filled).toBe(99);
});

it("an empty mailbox is explained", () => {
  expect(partsOf([{ folder: "INBOX", on_server: 0, explained: 0 }])).toMatchObject([
    { share: 1, filled: 100 },
  ]);
});
