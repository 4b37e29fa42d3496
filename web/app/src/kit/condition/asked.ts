// What a condition may ask about, and what is wrong with one, as its builder needs to know it.
import type { ConditionField } from "@/api/routing";

export type AskedField = Omit<ConditionField, "group"> & {
  group: ConditionField["group"] | "conversation" | "channel" | "";
  /** A date or a time that may be counted from now: "7 days ago". */
  relative?: boolean;
};

export interface Asked {
  /** False until everything is there: nothing is called gone before. */
  known: boolean;
  /** With labels and choices in the reader's language; fields without a group stand above the groups. */
  fields: AskedField[];
  field: (name: string) => AskedField | undefined;
  /** The choices of fields that hold a member. */
  members: readonly { id: string; name: string }[];
}

/** Sentences for the reader, by the path of what they are about. */
export interface Said {
  at: (path: string) => string | undefined;
  /** Everything at or below a path. */
  under: (path: string) => string[];
}
