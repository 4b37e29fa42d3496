// Puts the errors of a problem document at the fields of a form; what has no field there is said above it.
import type { TFunction } from "i18next";
import { Problem } from "@/api/http";
import { explain } from "@/kit/explain";
import { inWords } from "./serverWords";

export interface Placed {
  at: Record<string, string>;
  above: string | null;
}

const nothing: Placed = { at: {}, above: null };

/** `fields` are names as the form has them: `host` also gets what the API says of `settings.smtp.host`. */
export function fieldErrors(error: unknown, fields: readonly string[], t: TFunction): Placed {
  if (!error) return nothing;
  if (!(error instanceof Problem)) return { at: {}, above: explain(error, t) };
  const at: Record<string, string> = {};
  const homeless: string[] = [];
  for (const { field, message } of placeable(error, t)) {
    const name = fields.find((one) => field === one || field.endsWith(`.${one}`));
    if (name) at[name] ??= inWords(message, t);
    else homeless.push(inWords(message, t));
  }
  const placed = Object.keys(at).length > 0;
  return { at, above: homeless.join(" ") || (placed ? null : explain(error, t)) };
}

/** An address that is taken is the address's fault, whether or not the problem lists fields. */
export function placeable(error: Problem, t: TFunction) {
  if (error.kind !== "address-in-use") return error.errors;
  const channel = error.body.channel_name ?? error.body.channel;
  const message = channel ? t("settings:fault.addressOf", { channel }) : t("common:problem.address-in-use");
  return [{ field: "address", message }];
}
