// Days, written as 2026-05-31, and the stretches of them that are offered.
export const stretches = [7, 30, 90] as const;
export type Stretch = (typeof stretches)[number];
export const usual: Stretch = 30;
export const isStretch = (value: unknown): value is Stretch => stretches.includes(value as Stretch);

const pattern = /^\d{4}-\d{2}-\d{2}$/;

export const isDay = (value: unknown): value is string =>
  typeof value === "string" && pattern.test(value) && isoDay(new Date(value)) === value;

export function isoDay(at: Date): string {
  return Number.isNaN(at.getTime()) ? "" : at.toISOString().slice(0, 10);
}
