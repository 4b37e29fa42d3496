import { describe, expect, it } from "vitest";
import { linkTo } from "./links";
import { isSimple, orEmpty } from "./simple";
import { tokenPattern, tokens, written } from "./tokens";

describe("what the simple editor can hold", () => {
  it("holds what it writes itself", () => {
    expect(
      isSimple('<p><strong>A</strong> <a href="https://a.example" target="_blank" rel="noopener">b</a></p>'),
    ).toBe(true);
    expect(isSimple('<ul><li><p>x</p></li></ul><img src="data:image/png;base64,AA" alt="">')).toBe(true);
  });

  it("does not pretend to hold tables and styles", () => {
    expect(isSimple("<table><tbody><tr><td>A</td></tr></tbody></table>")).toBe(false);
    expect(isSimple('<p style="color:red">A</p>')).toBe(false);
  });

  it("an empty paragraph is no signature", () => {
    expect(orEmpty("<p></p>")).toBe("");
    expect(orEmpty("<p>A</p>")).toBe("<p>A</p>");
  });
});

describe("links and tokens", () => {
  it("a link is completed, and only leads where a browser may go", () => {
    expect(linkTo("shop.example")).toBe("https://shop.example/");
    expect(linkTo("eva@shop.example")).toBe("mailto:eva@shop.example");
    expect(linkTo("javascript:alert(1)")).toBeNull();
    expect(linkTo("  ")).toBeNull();
  });

  it("each token that can be inserted is known again", () => {
    for (const token of tokens) expect([...written(token).matchAll(tokenPattern)]).toHaveLength(1);
  });
});
