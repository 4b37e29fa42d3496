// What was typed in a wizard, kept by the browser tab: it is still there after a step back, a look elsewhere, a reload.
// Secrets stay in the page's memory and never get here.
import { useCallback, useEffect, useState } from "react";
import { useMe } from "@/api/desk";
import { currentAccount } from "@/api/http";

export interface Kept<T> {
  value: T;
  set: (change: Partial<T> | ((before: T) => Partial<T>)) => void;
  forget: () => void;
}

/** `keepable` takes out what must not be kept. */
export function useKept<T extends object>(name: string, start: () => T, keepable: (value: T) => T): Kept<T> {
  const place = usePlace(name);
  const [value, setValue] = useState<T>(() => ({ ...start(), ...read<T>(place) }));
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (touched) sessionStorage.setItem(place, JSON.stringify(keepable(value)));
  }, [place, touched, value, keepable]);
  const set = useCallback<Kept<T>["set"]>((change) => {
    setTouched(true);
    setValue((before) => ({ ...before, ...(typeof change === "function" ? change(before) : change) }));
  }, []);
  const forget = useCallback(() => {
    setTouched(false);
    sessionStorage.removeItem(place);
  }, [place]);
  return { value, set, forget };
}

/** What another wizard is to start with. */
export function useHandOn(name: string): (value: object) => void {
  const place = usePlace(name);
  return (value) => sessionStorage.setItem(place, JSON.stringify({ ...read<object>(place), ...value }));
}

/** One of its own for each person in each account: a tab outlives a sign-out. */
function usePlace(name: string): string {
  const { member_id } = useMe();
  return `kanal.wizard.${currentAccount()}.${member_id}.${name}`;
}

function read<T>(place: string): Partial<T> {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? "{}");
  } catch {
    return {};
  }
}
