import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { MessageItem } from "@/api/types";
import { makeComment, makeDelivery, makeMessage, makeTicketDetail } from "@/test/make/timeline";
import { renderInApp } from "@/test/render";
import { CommentCard } from "./CommentCard";
import { MessageCard } from "./MessageCard";

afterEach(cleanup);

const show = (part: Partial<MessageItem>, folded = false) =>
  renderInApp(<MessageCard message={makeMessage(part)} ticket={makeTicketDetail()} folded={folded} />);

it("a plain message shows who wrote what, and its links", () => {
  show({ text: "See https://a.example now" });
  expect(screen.getByText("Elin Berg")).toBeTruthy();
  expect(screen.getByText("elin@post.example")).toBeTruthy();
  const link = screen.getByRole("link", { name: "https://a.example" });
  expect(link.getAttribute("rel")).toContain("noopener");
});

it("HTML stands in a sandboxed frame that cannot script", () => {
  const { container } = show({ html: "<b>Hi</b>" });
  const sandbox = container.querySelector("iframe")?.getAttribute("sandbox");
  expect(sandbox).toBe("allow-same-origin allow-popups allow-popups-to-escape-sandbox");
});

it("text that looks like HTML is text", () => {
  const { container } = show({ text: "<img src=x onerror=alert(1)>" });
  expect(container.querySelector("img")).toBeNull();
});

it("quoted history is folded and can be opened", () => {
  show({ quoted: { text: "On Monday you wrote", html: "" } });
  expect(screen.queryByText("On Monday you wrote")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Show quoted text" }));
  expect(screen.getByText("On Monday you wrote")).toBeTruthy();
});

it("warns of a forged sender, a new person and blocked images", () => {
  show({
    new_person: true,
    remote_images: 2,
    trust: { spf: "fail", dkim: "none", dmarc: "fail", verdict: "fail" },
  });
  expect(screen.getByText("New person in this conversation")).toBeTruthy();
  expect(screen.getByText("2 remote images blocked")).toBeTruthy();
  expect(screen.getByText("Sender could not be confirmed; it may be forged")).toBeTruthy();
});

it("mail that could not be read points to its raw source", () => {
  show({ raw_only: true, text: "", raw_event_id: "r1" });
  expect(screen.getByText("This mail could not be read; see its raw source")).toBeTruthy();
  const link = screen.getByRole("link", { name: "Raw source" });
  expect(link.getAttribute("href")).toBe("/api/v1/raw-events/r1/raw?account=demo");
});

it("a failed reply says why and offers a retry", () => {
  show({
    direction: "out",
    delivery: makeDelivery({ state: "failed", reason: "550 no such user", can_retry: true }),
  });
  expect(screen.getByText(/550 no such user/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Retry" })).toBeTruthy();
});

it("a reply of unknown fate can be sent again or confirmed, never counts as sent", () => {
  show({
    direction: "out",
    delivery: makeDelivery({ state: "unknown", can_retry: true, can_confirm: true }),
  });
  expect(screen.getByText(/It is not known whether this arrived/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Send again" })).toBeTruthy();
  expect(screen.getByRole("button", { name: "It was sent" })).toBeTruthy();
});

it("a queued reply without outgoing mail says so in words", () => {
  show({
    direction: "out",
    delivery: makeDelivery({ state: "queued", reason: "outgoing mail is not set up" }),
  });
  expect(screen.getByText(/Outgoing mail is not set up/)).toBeTruthy();
});

it("a folded message opens on a click", () => {
  show({ text: "Old news" }, true);
  fireEvent.click(screen.getByTitle("Show the message from Elin Berg"));
  expect(screen.getByText("to Support")).toBeTruthy();
});

it("attachments are shown by name and size, and downloaded from where they cannot script", () => {
  const invoice = {
    id: "a1",
    name: "invoice.zip",
    content_type: "application/zip",
    size: 184_320,
    url: "/api/v1/attachments/a1",
    is_image: false,
    inline: false,
    content_id: "",
  };
  show({ attachments: [invoice] });
  const link = screen.getByRole("link", { name: /invoice\.zip/ });
  expect(link.getAttribute("download")).toBe("invoice.zip");
  expect(link.textContent).toContain("180 kB");
});

it("a comment is marked as internal", () => {
  renderInApp(<CommentCard comment={makeComment()} />);
  expect(screen.getByText("Internal comment")).toBeTruthy();
});
