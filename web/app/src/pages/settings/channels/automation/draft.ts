// The routing while it is edited: whole whatever was stored, its rules moved, copied and taken out.
import type { Routing, Rule } from "@/api/routing";
import { pruned } from "@/kit/condition/conditions";
import { randomKey } from "@/kit/randomKey";

const plain: Routing = {
  properties: {},
  rules: [],
  assign: "none",
  to: { users: [], teams: [] },
  fallback: { users: [], teams: [] },
  only_available: true,
  give_out_waiting: true,
  distribution: "fewest_open",
  answer_limit_hours: 4,
  owner_wait_hours: 4,
  waiting_too_long_minutes: null,
  working_hours: null,
  timezone: "UTC",
};
/** Rules that the server has not seen have names of ours until they are saved. */
const unsaved = "new-";

export const draftOf = (stored: Partial<Routing>): Routing => ({ ...plain, ...stored });

export function forServer(routing: Routing): Routing {
  const rules = routing.rules.map((rule) => ({
    ...rule,
    id: rule.id.startsWith(unsaved) ? "" : rule.id,
    when: pruned(rule.when),
  }));
  return { ...routing, rules };
}

export const isSame = (one: Routing, other: Routing) => ordered(forServer(one)) === ordered(forServer(other));

export const newRule = (): Rule => ({
  id: unsaved + randomKey(),
  name: "",
  when: {},
  require_skills: [],
  to: null,
  fewer_skills_after: null,
  active: true,
});

export function withRule(routing: Routing, rule: Rule, at = routing.rules.length): Routing {
  return { ...routing, rules: routing.rules.toSpliced(at, 0, rule) };
}

export function changedRule(routing: Routing, rule: Rule): Routing {
  return { ...routing, rules: routing.rules.map((each) => (each.id === rule.id ? rule : each)) };
}

export function withoutRule(routing: Routing, id: string): Routing {
  return { ...routing, rules: routing.rules.filter((rule) => rule.id !== id) };
}

export function movedRule(routing: Routing, from: number, to: number): Routing {
  const rule = routing.rules[from];
  if (!rule || to < 0 || to >= routing.rules.length) return routing;
  return { ...routing, rules: routing.rules.toSpliced(from, 1).toSpliced(to, 0, rule) };
}

export function copiedRule(routing: Routing, id: string, name: string): Routing {
  const at = routing.rules.findIndex((rule) => rule.id === id);
  const rule = routing.rules[at];
  return rule ? withRule(routing, { ...structuredClone(rule), id: newRule().id, name }, at + 1) : routing;
}

/** The same text for the same routing, in whatever order its keys came. */
function ordered(value: unknown): string {
  return JSON.stringify(value, (_, each) =>
    each && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
