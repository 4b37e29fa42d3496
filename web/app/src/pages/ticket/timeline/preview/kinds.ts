// What of a file can be shown in place, without anything in it being carried out.
import type { Attachment } from "@/api/types";

export type PreviewKind = "image" | "pdf" | "audio" | "video" | "text";

/** What the server lets stand in a page, besides raster images. */
const played = {
  audio: ["mpeg", "ogg", "wav", "x-wav", "mp4", "aac", "flac", "webm"],
  video: ["mp4", "webm", "ogg", "quicktime"],
};
const texts = /^(text\/(?!html)[\w.+-]+|application\/(json|xml|x-yaml|yaml|toml|x-sh|sql|javascript))$/;
const textNames = /\.(txt|log|csv|tsv|md|json|xml|ya?ml|ini|conf|eml|ics|vcf|sql|py|js|ts|css|sh)$/i;

export function previewOf({ content_type, name, is_image }: Attachment): PreviewKind | null {
  if (is_image) return "image";
  if (content_type === "application/pdf") return "pdf";
  const [sort, kind] = content_type.split("/");
  if ((sort === "audio" || sort === "video") && played[sort].includes(kind ?? "")) return sort;
  if (texts.test(content_type)) return "text";
  return content_type === "application/octet-stream" && textNames.test(name) ? "text" : null;
}
