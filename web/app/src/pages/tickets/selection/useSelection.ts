// The selection of the view on the screen. It outlives going into a ticket and back; another view begins with none.
import { createContext, useCallback, useContext, useMemo, useRef, useState } from "react";
import type { Ticket } from "@/api/types";
import {
  type Chosen,
  everything,
  isNothing,
  nothing,
  type Selection,
  set,
  stretched,
  toggled,
} from "./selection";

export interface Selecting {
  selection: Selection;
  none: boolean;
  /** With `stretch` from the one that was chosen last up to this one. */
  choose: (ticket: Chosen, stretch: boolean) => void;
  chooseThese: (tickets: readonly Chosen[]) => void;
  chooseAll: () => void;
  clear: () => void;
  /** What the list shows in its order, by which a stretch is measured. */
  listed: { current: readonly Ticket[] };
}

const SelectionContext = createContext<Selecting | null>(null);
export const SelectionProvider = SelectionContext.Provider;

export function useSelecting(): Selecting {
  const selecting = useContext(SelectionContext);
  if (!selecting) throw new Error("a list stands in a SelectionProvider");
  return selecting;
}

export function useSelection(): Selecting {
  const [selection, setSelection] = useState<Selection>(nothing);
  const listed = useRef<readonly Ticket[]>([]);
  const last = useRef<string | null>(null);
  const choose = useCallback((ticket: Chosen, stretch: boolean) => {
    const from = last.current;
    setSelection((now) => (stretch ? stretched(now, listed.current, from, ticket.id) : toggled(now, ticket)));
    last.current = ticket.id;
  }, []);
  const chooseThese = useCallback(
    (tickets: readonly Chosen[]) => setSelection((now) => set(now, tickets, true)),
    [],
  );
  const chooseAll = useCallback(() => setSelection(everything), []);
  const clear = useCallback(() => {
    setSelection(nothing);
    last.current = null;
  }, []);
  return useMemo(
    () => ({ selection, none: isNothing(selection), choose, chooseThese, chooseAll, clear, listed }),
    [selection, choose, chooseThese, chooseAll, clear],
  );
}
