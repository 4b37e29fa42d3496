// The sorts of things that happen between a contact and us, of which the timeline shows all or one.
import type { ContactEventKind } from "@/api/contactTimeline";

export const shownKinds = ["submission", "ticket", "message"] as const;
export type ShownKind = Extract<ContactEventKind, (typeof shownKinds)[number]>;

export const isShownKind = (value: unknown): value is ShownKind => shownKinds.includes(value as ShownKind);
