import { beforeEach, expect, it } from "vitest";
import { setAccount } from "@/api/http";
import { hasOwnColours, mailDocument } from "./mailDocument";

const logo = {
  id: "a1",
  name: "logo.png",
  content_type: "image/png",
  size: 10,
  url: "/api/v1/attachments/a1",
  is_image: true,
  inline: true,
  content_id: "<logo@mail>",
};

beforeEach(() => setAccount("demo"));

it("brings its own policy: no scripts, nothing from elsewhere", () => {
  const page = mailDocument("<p>Hi</p>", [], "light");
  expect(page).toContain(`content="default-src 'none'; img-src 'self'`);
  expect(page).not.toContain("script-src");
});

it("opens links in a tab that cannot reach back", () => {
  const page = mailDocument('<a href="https://a.example">x</a>', [], "light");
  expect(page).toMatch(/<a href="https:\/\/a\.example" target="_blank" rel="noopener noreferrer nofollow">/);
});

it("shows images that came with the mail and fetches no other", () => {
  const page = mailDocument(
    '<img src="cid:logo@mail"><img src="https://spy.example/p.gif"><img src="cid:gone">',
    [logo],
    "light",
  );
  expect(page).toContain("/api/v1/attachments/a1?account=demo&amp;inline=1");
  expect(page).not.toContain("spy.example");
  expect(page).not.toContain("cid:");
});

it("knows mail that was designed on white", () => {
  expect(hasOwnColours('<td bgcolor="#fff">')).toBe(true);
  expect(hasOwnColours('<p style="color:#000">')).toBe(true);
  expect(hasOwnColours("<p>What a colourful lamp</p>")).toBe(false);
});
