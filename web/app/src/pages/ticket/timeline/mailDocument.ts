// Makes the document shown in a message's frame: the server's sanitised HTML, our style, a policy of its own.
import interLatinExt from "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url";
import interLatin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import { fileUrl } from "@/api/files";
import type { Attachment } from "@/api/types";

const policy =
  "default-src 'none'; img-src 'self'; font-src 'self'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";

/** The app's own font; a frame does not inherit it. */
const font = [interLatin, interLatinExt]
  .map((url) => `@font-face { font-family: "Inter Variable"; font-weight: 100 900; src: url("${url}"); }`)
  .join(" ");

const colours = {
  light: { text: "#182026", link: "#0b6374", line: "#d0d8dd", dim: "#5a6772" },
  dark: { text: "#dde4e8", link: "#5cb8c7", line: "#36414a", dim: "#94a1aa" },
};

/** Pictures from elsewhere, which our own server fetches: those of a message, counted from `first`. */
export interface Pictures {
  messageId: string;
  first: number;
}

/** How many pictures from elsewhere stand in it. */
export const picturesIn = (html: string) => html.match(/\sdata-remote-src=/g)?.length ?? 0;

export function mailDocument(
  html: string,
  attachments: Attachment[],
  scheme: "light" | "dark",
  pictures?: Pictures,
): string {
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="${scheme}">
<style>${style(scheme)}</style></head><body>${withLinksAndImages(html, attachments, pictures)}</body></html>`;
}

/** Mail that sets colours was designed on white; in the dark it is shown on paper instead of guessed at. */
export function hasOwnColours(html: string): boolean {
  return /\b(?:bgcolor|background|color)\s*(?:=|:)/i.test(html);
}

function style(scheme: "light" | "dark"): string {
  const { text, link, line, dim } = colours[scheme];
  return `${font}
    html, body { margin: 0; padding: 0; background: transparent; overflow-y: hidden; }
    body { font: 14px/1.55 "Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif; color: ${text};
      overflow-wrap: anywhere; overflow-x: auto; display: flow-root; }
    body > :first-child { margin-top: 0; } body > :last-child { margin-bottom: 0; }
    p { margin: 0 0 .7em; } ul, ol { margin: .3em 0 .7em; padding-left: 1.5em; }
    a { color: ${link}; } img { max-width: 100%; height: auto; }
    blockquote { margin: .5em 0; padding-left: 12px; border-left: 2px solid ${line}; color: ${dim}; }
    pre { white-space: pre-wrap; } code, pre { font-family: ui-monospace, Menlo, monospace; font-size: .92em; }
    table { max-width: 100%; }
    span[data-mention] { padding: 0 3px; border-radius: 4px; font-weight: 550; color: ${link}; background: ${link}1f; }`;
}

function withLinksAndImages(html: string, attachments: Attachment[], pictures?: Pictures): string {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  for (const link of body.querySelectorAll("a[href]")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener noreferrer nofollow");
  }
  for (const image of body.querySelectorAll("img[src]")) placeImage(image, attachments);
  if (pictures) {
    const remote = [...body.querySelectorAll("[data-remote-src]")];
    for (const [place, image] of remote.entries())
      image.setAttribute("src", pictureUrl(pictures.messageId, pictures.first + place));
  }
  return body.innerHTML;
}

const pictureUrl = (messageId: string, n: number) =>
  fileUrl(`/api/v1/messages/${messageId}/remote-image?n=${n}`);

/** An image that came with the mail is an attachment of ours; any other is not fetched. */
function placeImage(image: Element, attachments: Attachment[]): void {
  const source = image.getAttribute("src") ?? "";
  const contentId = /^cid:<?([^>]*)>?$/i.exec(source)?.[1];
  const attached = attachments.find(
    (file) => contentId && file.content_id?.replace(/[<>]/g, "") === contentId,
  );
  if (attached) image.setAttribute("src", fileUrl(attached.url, true));
  else if (source.startsWith("/api/")) image.setAttribute("src", fileUrl(source, true));
  else image.removeAttribute("src");
}
