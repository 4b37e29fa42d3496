// What can be done with a field on the canvas, and where its card is found.
import type { DraftField } from "../draft";

export interface FieldActions {
  nudge: (field: DraftField, by: -1 | 1) => void;
  duplicate: (field: DraftField) => void;
  remove: (field: DraftField) => void;
}

export const cardId = (fieldId: string) => `field-${fieldId}`;
