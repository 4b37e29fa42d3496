// A macro while it is being written: its actions have ids of their own, so that rows keep what is typed in them.
import type { Macro, MacroAction, MacroBody, SharedWith } from "@/api/macros";
import { randomKey } from "@/kit/randomKey";

export interface DraftAction {
  id: string;
  action: MacroAction;
}
export interface Draft {
  name: string;
  shortcut: string;
  html: string;
  actions: DraftAction[];
  sharedWith: SharedWith;
  teams: string[];
}

export type What = MacroAction["do"];
export const whats: What[] = ["status", "assign", "priority", "tags", "snooze", "set", "follow"];

export function draftOf(macro: Macro | null): Draft {
  if (!macro) return { name: "", shortcut: "", html: "", actions: [], sharedWith: "me", teams: [] };
  return {
    name: macro.name,
    shortcut: macro.shortcut,
    html: macro.body_html,
    actions: macro.actions.map(withId),
    sharedWith: macro.shared_with,
    teams: macro.teams,
  };
}

/** One's own of the same words, whoever may use the first. */
export function copyOf(macro: Macro, name: string): MacroBody {
  const { body_html, actions } = macro;
  return { name, shortcut: "", body_html, actions, shared_with: "me", teams: [] };
}

export const withId = (action: MacroAction): DraftAction => ({ id: randomKey(), action });

export function newAction(what: What): MacroAction {
  switch (what) {
    case "status":
      return { do: what, status: "" };
    case "assign":
      return { do: what, member: "me" };
    case "priority":
      return { do: what, priority: "high" };
    case "tags":
      return { do: what, add: [], remove: [] };
    case "snooze":
      return { do: what, minutes: 1440 };
    case "set":
      return { do: what, property: "", value: null };
    default:
      return { do: what };
  }
}

export function bodyOf(draft: Draft): MacroBody {
  return {
    name: draft.name,
    shortcut: draft.shortcut,
    body_html: hasText(draft.html) ? draft.html : "",
    actions: draft.actions.map(({ action }) => action),
    shared_with: draft.sharedWith,
    teams: draft.sharedWith === "teams" ? draft.teams : [],
  };
}

/** An editor without a word in it still holds an empty paragraph. */
export const hasText = (html: string) => html.replace(/<[^>]*>|&nbsp;|\s/g, "") !== "";

export const isWhole = (draft: Draft) =>
  draft.name.trim() !== "" && (hasText(draft.html) || draft.actions.length > 0);
