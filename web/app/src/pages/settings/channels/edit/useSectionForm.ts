// A section's form over what is stored: it follows changes from elsewhere until somebody types.
import { useState } from "react";

export function useSectionForm<T extends object>(stored: T) {
  const [typed, setTyped] = useState<T | null>(null);
  const value = typed ?? stored;
  const dirty = typed !== null && JSON.stringify(typed) !== JSON.stringify(stored);
  return { value, set: (changed: T) => setTyped(changed), dirty, settle: () => setTyped(null) };
}
