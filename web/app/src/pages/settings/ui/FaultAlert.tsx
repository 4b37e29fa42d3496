// What went wrong and belongs to no field.
import { Note } from "@/kit/Note";

export function FaultAlert({ text }: { text: string | null }) {
  return text ? <Note tone="bad">{text}</Note> : null;
}
