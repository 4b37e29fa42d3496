// What every section of a form's settings is given.
import type { FormOptions } from "@/api/forms";

export interface OptionProps {
  options: FormOptions;
  set: (change: Partial<FormOptions>, what?: string) => void;
  fault: (option: string) => string | undefined;
}
