import { act, cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Key, type Scope, useKeys } from ".";
import { nowFollowing } from "./listen";
import { allMounted } from "./registry";
import { capsOf, isStruck } from "./strokes";

function Mounted({ scope, keys }: { scope: Scope; keys: Key[] }) {
  useKeys(scope, keys);
  return null;
}

const strike = (key: string, more: KeyboardEventInit = {}, at: Element = document.body) =>
  act(() => {
    fireEvent.keyDown(at, { key, ...more });
  });

const key = (id: string, keys: Key["keys"], run = vi.fn(), more: Partial<Key> = {}) => ({
  id,
  label: id,
  ...(keys !== undefined && { keys }),
  run,
  ...more,
});

afterEach(() => {
  cleanup();
  localStorage.clear();
  document.body.replaceChildren();
  strike("Escape");
});

describe("a key", () => {
  it("does what the mounted component says, with what it knows now", () => {
    const said: number[] = [];
    const screen = render(
      <Mounted
        scope="page"
        keys={[
          key(
            "a",
            "m",
            vi.fn(() => said.push(1)),
          ),
        ]}
      />,
    );
    strike("m");
    screen.rerender(
      <Mounted
        scope="page"
        keys={[
          key(
            "a",
            "m",
            vi.fn(() => said.push(2)),
          ),
        ]}
      />,
    );
    strike("m");
    screen.unmount();
    strike("m");
    expect(said).toEqual([1, 2]);
    expect(allMounted()).toEqual([]);
  });

  it("belongs to the innermost scope, in whichever order they came", () => {
    const ticket = vi.fn();
    const list = vi.fn();
    render(
      <>
        <Mounted scope="ticket" keys={[key("close", "e", ticket)]} />
        <Mounted scope="list" keys={[key("close", "e", list)]} />
      </>,
    );
    strike("e");
    expect([ticket.mock.calls.length, list.mock.calls.length]).toEqual([1, 0]);
  });

  it("goes on to the next scope while the inner one is switched off", () => {
    const list = vi.fn();
    render(
      <>
        <Mounted scope="list" keys={[key("close", "e", list)]} />
        <Mounted scope="ticket" keys={[key("close", "e", vi.fn(), { enabled: false })]} />
      </>,
    );
    strike("e");
    expect(list).toHaveBeenCalledOnce();
  });

  it("is not struck twice by holding it down, unless it may repeat", () => {
    const close = vi.fn();
    const down = vi.fn();
    render(<Mounted scope="list" keys={[key("e", "e", close), key("j", "j", down, { repeats: true })]} />);
    strike("e", { repeat: true });
    strike("j", { repeat: true });
    expect([close.mock.calls.length, down.mock.calls.length]).toEqual([0, 1]);
  });
});

describe("two strokes", () => {
  it("are taken one after the other, and what may follow is told", () => {
    const inbox = vi.fn();
    const single = vi.fn();
    render(<Mounted scope="anywhere" keys={[key("inbox", "g i", inbox), key("i", "i", single)]} />);
    strike("g");
    expect(nowFollowing()?.next.map(({ stroke }) => stroke)).toEqual(["i"]);
    strike("i");
    expect([inbox.mock.calls.length, single.mock.calls.length]).toEqual([1, 0]);
    expect(nowFollowing()).toBeNull();
  });

  it("are forgotten at a stroke that does not belong, which does nothing either", () => {
    const close = vi.fn();
    render(<Mounted scope="anywhere" keys={[key("inbox", "g i"), key("close", "e", close)]} />);
    strike("g");
    strike("e");
    expect(close).not.toHaveBeenCalled();
    strike("e");
    expect(close).toHaveBeenCalledOnce();
  });

  it("are given up by Escape, which goes back nowhere", () => {
    const back = vi.fn();
    render(<Mounted scope="ticket" keys={[key("inbox", "g i"), key("back", "Escape", back)]} />);
    strike("g");
    strike("Escape");
    expect(back).not.toHaveBeenCalled();
    strike("Escape");
    expect(back).toHaveBeenCalledOnce();
  });
});

describe("while one types", () => {
  const inField = (tag: "input" | "textarea") => document.body.appendChild(document.createElement(tag));

  it.each(["input", "textarea"] as const)("a key in %s is a letter", (tag) => {
    const close = vi.fn();
    const palette = vi.fn();
    render(<Mounted scope="anywhere" keys={[key("close", "e", close), key("palette", "mod+k", palette)]} />);
    const field = inField(tag);
    strike("e", {}, field);
    strike("k", { ctrlKey: true }, field);
    expect([close.mock.calls.length, palette.mock.calls.length]).toEqual([0, 1]);
  });

  it("Escape belongs to the field, and to the composer around it", () => {
    const back = vi.fn();
    const leave = vi.fn();
    const screen = render(<Mounted scope="ticket" keys={[key("back", "Escape", back)]} />);
    const field = inField("textarea");
    strike("Escape", {}, field);
    expect(back).not.toHaveBeenCalled();
    screen.rerender(<Mounted scope="composer" keys={[key("leave", "Escape", leave)]} />);
    strike("Escape", {}, field);
    expect(leave).toHaveBeenCalledOnce();
  });

  it("what is being composed by an input method is not a stroke", () => {
    const close = vi.fn();
    render(<Mounted scope="anywhere" keys={[key("close", "e", close)]} />);
    strike("e", { isComposing: true });
    expect(close).not.toHaveBeenCalled();
  });
});

it("under a dialog only the dialog's own keys work", () => {
  const below = vi.fn();
  const within = vi.fn();
  render(
    <>
      <Mounted scope="ticket" keys={[key("j", "j", below)]} />
      <div role="dialog" aria-modal="true" />
    </>,
  );
  strike("j");
  const dialog = render(<Mounted scope="dialog" keys={[key("j", "j", within)]} />);
  strike("j");
  dialog.unmount();
  expect([below.mock.calls.length, within.mock.calls.length]).toEqual([0, 1]);
});

it("single keys can be turned off; those with Control go on", () => {
  const close = vi.fn();
  const inbox = vi.fn();
  const palette = vi.fn();
  render(
    <Mounted
      scope="anywhere"
      keys={[key("close", "e", close), key("inbox", "g i", inbox), key("palette", "mod+k", palette)]}
    />,
  );
  localStorage.setItem("kanal.singleKeys", "false");
  strike("e");
  strike("g");
  strike("i");
  strike("k", { ctrlKey: true });
  expect([close, inbox, palette].map((run) => run.mock.calls.length)).toEqual([0, 0, 1]);
});

describe("a stroke", () => {
  const struck = (written: string, event: KeyboardEventInit) =>
    isStruck(written, new KeyboardEvent("keydown", event));

  it.each([
    ["?", { key: "?", shiftKey: true }, true],
    ["#", { key: "#", shiftKey: true }, true],
    ["#", { key: "#" }, true],
    ["!", { key: "!", shiftKey: true }, true],
    ["n", { key: "N", shiftKey: true }, false],
    ["shift+n", { key: "N", shiftKey: true }, true],
    ["shift+n", { key: "n" }, false],
    ["mod+k", { key: "k", ctrlKey: true }, true],
    ["k", { key: "k", ctrlKey: true }, false],
    ["e", { key: "e", altKey: true }, false],
    ["j", { key: "о", code: "KeyJ" }, true],
    ["Enter", { key: "Enter" }, true],
  ])("%s by %o: %s", (written, event, is) => {
    expect(struck(written, event)).toBe(is);
  });

  it("is shown as it is printed on the keyboard", () => {
    expect(capsOf("mod+k")).toEqual(["Ctrl", "K"]);
    expect(capsOf("shift+Enter")).toEqual(["Shift", "Enter"]);
    expect(capsOf("Escape")).toEqual(["Esc"]);
  });
});
