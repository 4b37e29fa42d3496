// What every editor of a part of a field is given.
import type { FormField } from "@/api/forms";
import type { DraftField } from "../draft";

export interface FieldProps {
  field: DraftField;
  set: (change: Partial<FormField>, what?: string) => void;
  /** What is wrong at a path of the field, in words. */
  fault: (path: string) => string | undefined;
}
