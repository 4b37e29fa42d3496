// What is pasted and is too much for a text: long text becomes a file, markup out of proportion loses its looks.

/** Characters; more is no letter any more, and makes every further key slow. */
export const longestText = 100_000;
export const longestMarkup = 1_000_000;
/** The server takes a little more. */
export const longestHtml = 950_000;

export interface Pasted {
  text: string;
  html: string;
}

export type PasteOutcome =
  | { as: "is" }
  | { as: "plain"; text: string }
  | { as: "file"; file: File }
  | { as: "cut"; text: string };

export function outcomeOf({ text, html }: Pasted, canAttach: boolean, name: string): PasteOutcome {
  if (text.length > longestText)
    return canAttach
      ? { as: "file", file: new File([text], name, { type: "text/plain" }) }
      : { as: "cut", text: text.slice(0, longestText) };
  return html.length > longestMarkup ? { as: "plain", text } : { as: "is" };
}

/** Lines as paragraphs, for the editor. */
export function paragraphs(
  text: string,
): { type: "paragraph"; content?: { type: "text"; text: string }[] }[] {
  return text
    .split(/\r?\n/)
    .map((line) =>
      line ? { type: "paragraph", content: [{ type: "text", text: line }] } : { type: "paragraph" },
    );
}
