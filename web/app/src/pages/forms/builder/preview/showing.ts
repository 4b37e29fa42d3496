// Which fields are shown is decided by the very code that decides it for visitors.
import type { Rule, Tree } from "@kanal/form/src/model";
import { fieldOf, readForm } from "@kanal/form/src/values";
import type { FormField } from "@/api/forms";

export function showWhatBelongs(root: ShadowRoot, fields: readonly FormField[]): void {
  const form = root.querySelector("form");
  if (!form) return;
  const { shown } = readForm(form, fields.map(ruleOf));
  for (const { name } of fields) fieldOf(form, name)?.toggleAttribute("hidden", !shown.has(name));
}

function ruleOf({ name, type, hidden, default: given, show_when }: FormField): Rule {
  const when = show_when && Object.keys(show_when).length > 0 ? (show_when as Tree) : undefined;
  return { name, type, hidden, default: given, when };
}
