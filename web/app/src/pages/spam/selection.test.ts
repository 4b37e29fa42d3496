import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { useSelection } from "./selection";

const select = (listed: string[]) =>
  renderHook((props: { listed: string[] }) => useSelection(props.listed), { initialProps: { listed } });

it("one is chosen and let go again", () => {
  const { result } = select(["a", "b"]);
  act(() => result.current.toggle("b"));
  expect(result.current.ids).toEqual(["b"]);
  act(() => result.current.toggle("b"));
  expect(result.current.ids).toEqual([]);
});

it("all are chosen at once, and none when all were", () => {
  const { result } = select(["a", "b"]);
  act(() => result.current.toggleAll());
  expect(result.current.ids).toEqual(["a", "b"]);
  act(() => result.current.toggleAll());
  expect(result.current.ids).toEqual([]);
});

it("what left the list is chosen no longer", () => {
  const { result, rerender } = select(["a", "b"]);
  act(() => result.current.toggleAll());
  rerender({ listed: ["b", "c"] });
  expect(result.current.ids).toEqual(["b"]);
});
