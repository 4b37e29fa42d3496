// Mail addresses as people type and paste them.

/** "Elin Berg <elin@post.example>" → "elin@post.example"; null when there is no address in it. */
export function addressIn(text: string): string | null {
  const candidate = (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().replace(/^mailto:/i, "");
  return isAddress(candidate) ? candidate : null;
}

export function isAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]{2,}$|^[^\s@<>,;:"()[\]\\]+@localhost$/.test(
      text,
    )
  );
}

/** What was typed or pasted as a list: "Eva <eva@a.example>, bo@b.example cilla@c.example" is three. */
export function addressesIn(text: string): string[] {
  return text
    .split(/[,;\n\t]+/)
    .flatMap((part) => addressIn(part) ?? part.split(/\s+/))
    .filter(Boolean);
}
