// The steps of the wizard, in order.

export const steps = ["address", "details", "forwarding", "routing", "outgoing"] as const;
export type Step = (typeof steps)[number];

export const isStep = (value: unknown): value is Step => steps.includes(value as Step);
