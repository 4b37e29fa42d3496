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
