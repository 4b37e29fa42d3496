// What the macros that were chosen will do to a ticket, kept in this tab until it is sent or discarded.
import type { MacroStep, MacroUse } from "@/api/macros";

export interface Chosen {
  macro: string;
  name: string;
  steps: MacroStep[];
  /** Places of the steps that are left out. */
  left: number[];
}

const place = (ticketId: string) => `kanal.macros.${ticketId}`;

export function kept(ticketId: string): Chosen[] {
  try {
    return JSON.parse(sessionStorage.getItem(place(ticketId)) ?? "[]") as Chosen[];
  } catch {
    return [];
  }
}

export function keep(ticketId: string, chosen: Chosen[]): void {
  try {
    if (chosen.length) sessionStorage.setItem(place(ticketId), JSON.stringify(chosen));
    else sessionStorage.removeItem(place(ticketId));
  } catch {
    // A browser that keeps nothing still sends what is chosen now.
  }
}

export function usesOf(chosen: Chosen[], withoutStatus = false): MacroUse[] {
  return chosen
    .map(({ macro, steps, left }) => ({
      macro,
      leave_out: steps.flatMap((step, at) =>
        left.includes(at) || (withoutStatus && step.do === "status") ? [at] : [],
      ),
      most: steps.length,
    }))
    .filter(({ leave_out, most }) => leave_out.length < most)
    .map(({ macro, leave_out }) => ({ macro, leave_out }));
}

/** One paragraph goes into the line that is being written; more begin lines of their own. */
export function insertable(html: string): string {
  const single = /^<p>((?:(?!<\/?p>)[\s\S])*)<\/p>$/.exec(html);
  return single?.[1] ?? html;
}
