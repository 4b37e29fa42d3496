// The steps in which a mail channel is connected.
import type { WizardPlan } from "../../wizard/WizardFrame";

export const steps = ["address", "details", "forwarding", "routing", "outgoing"] as const;
export type Step = (typeof steps)[number];

export const plan: WizardPlan = { kind: "email", steps };
