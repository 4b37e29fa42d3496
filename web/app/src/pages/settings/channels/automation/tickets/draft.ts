// A rule while it is edited, and the actions that it is made of.
import type { Action, Automation, AutomationDraft } from "@/api/automations";
import { pruned } from "@/kit/condition/conditions";

export type What = "priority" | "status" | "assign" | "tag" | "untag" | "property" | "mail";
/** In the order in which they are offered. */
export const whats: readonly What[] = ["priority", "status", "assign", "tag", "untag", "property", "mail"];

export const newDraft: AutomationDraft = {
  name: "",
  active: true,
  trigger: "created",
  condition: {},
  actions: [],
};

export const draftOf = ({ name, active, trigger, condition, actions }: Automation): AutomationDraft => ({
  name,
  active,
  trigger,
  condition,
  actions,
});

/** As the server takes it: without groups in which nothing stands. */
export const forServer = (draft: AutomationDraft): AutomationDraft => ({
  ...draft,
  name: draft.name.trim(),
  condition: pruned(draft.condition),
});

export function whatOf(action: Action): What {
  if (action.do !== "set") return action.do;
  return action.property === "priority" ? "priority" : "property";
}

export function newAction(what: What): Action {
  switch (what) {
    case "priority":
      return { do: "set", property: "priority", value: "high" };
    case "property":
      return { do: "set", property: "", value: null };
    case "status":
      return { do: "status", status: "" };
    case "assign":
      return { do: "assign" };
    case "mail":
      return { do: "mail", to: "contact", subject: "", text: "" };
    default:
      return { do: what, name: "" };
  }
}

/** Where a mail goes, as the field that asks for it knows it. */
export const isAddress = (to: string) =>
  to !== "contact" && to !== "assignee" && !/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(to);
