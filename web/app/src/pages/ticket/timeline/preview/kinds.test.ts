import { expect, it } from "vitest";
import type { Attachment } from "@/api/types";
import { previewOf } from "./kinds";

const file = (content_type: string, name = "a", is_image = false): Attachment => ({
  id: "f",
  name,
  content_type,
  size: 1,
  inline: false,
  content_id: "",
  url: "/api/v1/attachments/f",
  is_image,
});

it.each([
  [file("image/png", "a.png", true), "image"],
  [file("image/svg+xml", "a.svg"), null],
  [file("application/pdf"), "pdf"],
  [file("audio/mpeg"), "audio"],
  [file("audio/midi"), null],
  [file("video/mp4"), "video"],
  [file("video/x-msvideo"), null],
  [file("text/plain"), "text"],
  [file("text/csv"), "text"],
  [file("text/html", "a.html"), null],
  [file("application/json"), "text"],
  [file("application/octet-stream", "server.log"), "text"],
  [file("application/octet-stream", "a.exe"), null],
  [file("application/zip", "a.zip"), null],
])("%j is shown as %s", (attachment, kind) => expect(previewOf(attachment)).toBe(kind));
