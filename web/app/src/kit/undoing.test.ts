import { expect, test } from "vitest";
import { keepUndo, undoLast } from "./undoing";

test("steps are taken back from the last to the first, each once, and not when they were forgotten", () => {
  const taken: string[] = [];
  const keep = (name: string) => keepUndo(() => taken.push(name));
  keep("first");
  const forget = keep("second");
  keep("third");
  forget();
  for (let n = 0; n < 4; n += 1) undoLast();
  expect(taken).toEqual(["third", "first"]);
});
