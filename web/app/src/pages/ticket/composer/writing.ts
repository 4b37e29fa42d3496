// What is being written in a ticket, known to its messages too: each offers to be answered or handed on.
import { createContext, useContext } from "react";
import type { Mode, Target } from "@/api/composer";

export interface Writing extends Target {
  /** Whether the person asked to write; a draft that opens by itself does not take the cursor. */
  focus: boolean;
}

export type Write = (mode: Mode, about?: string | null) => void;

export const WriteContext = createContext<Write | null>(null);

/** Null for those who may only read. */
export const useWrite = () => useContext(WriteContext);
