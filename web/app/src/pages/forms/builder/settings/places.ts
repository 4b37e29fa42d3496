// Where a form's tickets begin, kept in hidden fields; one that the form does not have yet is made.
import type { FieldValue } from "@/api/forms";
import type { Pipeline } from "@/api/types";
import { randomKey } from "@/kit/randomKey";
import { changed, type Draft, type DraftField, nameFrom } from "../draft";
import { plainField } from "../newField";
import { wordsOf } from "../words";

export type Place = "ticket.pipeline" | "ticket.status";

/** null: where tickets of the account begin. A status that the pipeline does not have goes with the old pipeline. */
export function withPlace(
  draft: Draft,
  place: Place,
  value: FieldValue,
  pipelines: readonly Pipeline[],
): Draft {
  const next = put(draft, place, value);
  if (place !== "ticket.pipeline") return next;
  const status = find(next, "ticket.status");
  const pipeline = pipelines.find((each) => (value === null ? each.is_default : each.id === value));
  const stays = pipeline?.statuses.some((each) => each.key === status?.default && !each.is_closed);
  return status && status.default !== null && !stays ? put(next, "ticket.status", null) : next;
}

function put(draft: Draft, place: Place, value: FieldValue): Draft {
  const field = find(draft, place);
  if (field) return changed(draft, field.id, { default: value });
  const key = place.split(".")[1] ?? "";
  const label = wordsOf[draft.options.language].properties[place] ?? key;
  const name = nameFrom(
    key,
    draft.fields.map((each) => each.name),
  );
  const made: DraftField = {
    ...plainField(name, "select", label),
    id: randomKey(),
    hidden: true,
    property: place,
    default: value,
  };
  return { ...draft, fields: [...draft.fields, made] };
}

const find = (draft: Draft, place: Place) =>
  draft.fields.find((field) => field.hidden && field.property === place);
