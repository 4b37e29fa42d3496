// Which forms the list shows.
import type { Form } from "@/api/forms";

export const formStates = ["open", "closed", "connected", "unconnected"] as const;
export type FormStateName = (typeof formStates)[number];

export interface FormFilter {
  search: string;
  state: FormStateName | null;
}
export const everyForm: FormFilter = { search: "", state: null };

const holds: Record<FormStateName, (form: Form) => boolean> = {
  open: (form) => !form.is_closed,
  closed: (form) => form.is_closed,
  connected: (form) => form.channel !== null,
  unconnected: (form) => form.channel === null,
};

/** Each word stands somewhere in the name; what was filled in last comes first, then what is newest. */
export function shownForms(forms: readonly Form[], { search, state }: FormFilter): Form[] {
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const last = (form: Form) => form.last_submission_at ?? form.created_at;
  return forms
    .filter((form) => state === null || holds[state](form))
    .filter((form) => words.every((word) => form.name.toLocaleLowerCase().includes(word)))
    .sort((a, b) => last(b).localeCompare(last(a)));
}
