// The steps in which a mailbox is connected, by the way its mail comes.
import type { FieldError } from "@/api/http";
import type { WizardPlan } from "../../../wizard/WizardFrame";
import { fetchingFields } from "../fetching/fetching";
import { signInFields } from "../signin/signIn";

export const imapSteps = ["terms", "signIn", "mailbox", "details", "routing"] as const;
export type ImapStep = (typeof imapSteps)[number];
export const imapPlan: WizardPlan = { kind: "email", steps: imapSteps };

export const forwardingSteps = ["terms", "address", "forwarding", "details", "routing"] as const;
export type ForwardingStep = (typeof forwardingSteps)[number];
export const forwardingPlan: WizardPlan = { kind: "email", steps: forwardingSteps };

interface Reached {
  accepted: boolean;
  /** A sign-in went well since the page was loaded; its password is nowhere else. */
  signedIn: boolean;
}

/** The step that the address names, or the first one that something is still owed at. */
export function imapStepAt(wanted: string | undefined, { accepted, signedIn }: Reached): ImapStep {
  if (!accepted) return "terms";
  const at = imapSteps.find((step) => step === wanted) ?? "terms";
  return signedIn || at === "terms" ? at : "signIn";
}

/** Everything that the API may have against it before routing, and at which step that is mended. */
export const imapFields = [...signInFields, ...fetchingFields, "mode", "company", "signature_html", "name"];

export function imapStepOf(wrong: readonly FieldError[]): ImapStep {
  const isAt = (fields: readonly string[]) =>
    wrong.some(({ field }) => fields.some((one) => field === one || field.endsWith(`.${one}`)));
  if (isAt(signInFields)) return "signIn";
  return isAt(fetchingFields) ? "mailbox" : "details";
}
