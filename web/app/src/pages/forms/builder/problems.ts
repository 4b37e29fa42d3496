// What the server says is wrong with a form, by the field that it is about, so that it stays there when fields move.
import type { FieldError } from "@/api/http";
import type { BuilderTab } from "./tabs";

export interface FormProblem {
  /** The field it is about; null: the form itself. */
  fieldId: string | null;
  /** Below the field or the form: `label`, `show_when.all.0.field`, `options.look.accent`. */
  path: string;
  message: string;
}

/** `ids` are those of the fields in the order in which they were sent. */
export function placed(errors: readonly FieldError[], ids: readonly string[]): FormProblem[] {
  return errors.map(({ field, message }) => {
    const [, number, path = ""] = /^fields\.(\d+)(?:\.(.*))?$/.exec(field) ?? [];
    const fieldId = number === undefined ? undefined : ids[Number(number)];
    return fieldId === undefined ? { fieldId: null, path: field, message } : { fieldId, path, message };
  });
}

/** What is said at one place: of a field, by its id, or of the form. */
export class Problems {
  constructor(readonly all: readonly FormProblem[]) {}

  of(fieldId: string | null): FormProblem[] {
    return this.all.filter((problem) => problem.fieldId === fieldId);
  }

  at(fieldId: string | null, path: string): string | undefined {
    return this.of(fieldId).find((problem) => problem.path === path)?.message;
  }

  under(fieldId: string | null, path: string): string[] {
    return this.of(fieldId)
      .filter((problem) => problem.path === path || problem.path.startsWith(`${path}.`))
      .map((problem) => problem.message);
  }
}

/** Where something that is wrong with the form itself is mended. */
export function tabOf(path: string): BuilderTab {
  if (path.startsWith("options.look")) return "look";
  return path.startsWith("options.") ? "settings" : "fields";
}
