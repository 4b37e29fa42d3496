// Finds the web and mail addresses in plain text.

export interface Part {
  at: number;
  text: string;
  href?: string;
}

const address = /\bhttps?:\/\/[^\s<>"]+|\bwww\.[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

export function links(text: string): Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (const match of text.matchAll(address)) {
    const found = withoutTail(match[0]);
    if (match.index > done) parts.push({ at: done, text: text.slice(done, match.index) });
    parts.push({ at: match.index, text: found, href: href(found) });
    done = match.index + found.length;
  }
  if (done < text.length) parts.push({ at: done, text: text.slice(done) });
  return parts;
}

/** The full stop, comma or bracket after an address belongs to the sentence. */
function withoutTail(found: string): string {
  let end = found.replace(/[.,;:!?'*_]+$/, "");
  while (end.endsWith(")") && !end.includes("(")) end = end.slice(0, -1).replace(/[.,;:!?]+$/, "");
  return end;
}

function href(found: string): string {
  if (/^https?:/i.test(found)) return found;
  return found.toLowerCase().startsWith("www.") ? `https://${found}` : `mailto:${found}`;
}
