// Makes the document in the frame of a signature: the server's sanitised HTML with a style and a policy of its own.

const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
const colours = {
  light: { text: "#182026", link: "#0b6374", paper: "transparent" },
  dark: { text: "#dde4e8", link: "#5cb8c7", paper: "transparent" },
  paper: { text: "#182026", link: "#0b6374", paper: "#ffffff" },
};

export function signatureDocument(html: string, scheme: "light" | "dark"): string {
  const look = scheme === "dark" && hasOwnColours(html) ? "paper" : scheme;
  const { text, link, paper } = colours[look];
  const body = document.implementation.createHTMLDocument("").body;
  body.innerHTML = html;
  for (const anchor of body.querySelectorAll("a")) anchor.removeAttribute("href");
  return `<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="${scheme}"><style>
html, body { margin: 0; background: transparent; }
body { font: 14px/1.5 "Inter Variable", system-ui, -apple-system, "Segoe UI", sans-serif; color: ${text};
  background: ${paper}; overflow-wrap: anywhere; display: flow-root; ${look === "paper" ? "padding: 8px;" : ""} }
p { margin: 0; } a { color: ${link}; text-decoration: underline; } img { max-width: 100%; height: auto; }
</style></head><body>${body.innerHTML}</body></html>`;
}

/** What sets colours was designed on white; in the dark it is shown on paper. */
const hasOwnColours = (html: string) => /\b(?:bgcolor|background|color)\s*(?:=|:)/i.test(html);
