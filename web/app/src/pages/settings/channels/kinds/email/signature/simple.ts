// Whether the simple editor can hold some HTML without losing any of it.

const held = new Set(
  "p br strong b em i u s del strike a ul ol li img span blockquote code pre hr h1 h2 h3 h4 h5 h6".split(" "),
);
const heldAttributes: Record<string, readonly string[]> = {
  a: ["href", "target", "rel"],
  img: ["src", "alt", "title", "width", "height"],
  ol: ["start", "type"],
};

export function isSimple(html: string): boolean {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return [...body.querySelectorAll("*")].every(isHeld);
}

function isHeld(element: Element): boolean {
  const tag = element.localName;
  const attributes = heldAttributes[tag] ?? [];
  return held.has(tag) && element.getAttributeNames().every((name) => attributes.includes(name));
}

/** An editor that holds nothing still has one empty paragraph. */
export function orEmpty(html: string): string {
  return /^(?:<p>(?:<br[^>]*>)?<\/p>\s*)*$/.test(html.trim()) ? "" : html;
}
