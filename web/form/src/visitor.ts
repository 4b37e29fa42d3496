/** The visitor's cookie, of the site that the form stands on: set when something is sent, or earlier where the page says
 * that the visitor agreed to it. */
const NAME = "kanal_visitor";
const YEAR = 365 * 24 * 3600;

/** The one that there is, else a new one, kept for a year. */
export function visitor(): string {
  const known = document.cookie.match(/(?:^|; )kanal_visitor=([\w-]+)/)?.[1];
  const value = known ?? [...crypto.getRandomValues(new Uint8Array(16))].map(hex).join("");
  const secure = location.protocol === "https:" ? "; secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: half of the browsers lack another way.
  document.cookie = `${NAME}=${value}; max-age=${YEAR}; path=/; samesite=lax${secure}`;
  return value;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
