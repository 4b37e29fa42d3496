// What is offered while one writes: a sign begins it (`@`, `:`), what follows is looked for, and one of what is found
// takes its place.
import type { Editor, Range } from "@tiptap/core";
import type { ReactNode } from "react";

export interface Suggested {
  key: string;
  label: string;
  /** Behind the label, in small. */
  hint?: string;
  icon?: ReactNode;
}

export interface Suggester<T extends Suggested = Suggested> {
  /** Unique in the editor, and the same as long as it lives. */
  name: string;
  char: string;
  /** What the list is called, for those who listen. */
  label: string;
  /** Letters after the sign before anything is offered. */
  least?: number;
  /** What is looked for may hold spaces. */
  spaces?: boolean;
  /** Not while this is written, such as a mention in what goes to the customer. */
  off?: boolean;
  /** Beside the list: more of the one that is marked. */
  beside?: (marked: T) => ReactNode;
  find: (query: string) => T[] | Promise<T[]>;
  /** Puts the chosen one in the place of the sign and what follows it. */
  pick: (chosen: T, editor: Editor, range: Range) => void;
}

export const mostOffered = 8;
