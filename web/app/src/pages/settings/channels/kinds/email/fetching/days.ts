// Days as the API and a date field write them: `2026-01-31`, by the reader's own clock.

export const dayOf = (at: Date) =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part, index) => String(part).padStart(index ? 2 : 4, "0"))
    .join("-");

export const today = () => dayOf(new Date());

export function dayBefore(days: number): string {
  const at = new Date();
  at.setDate(at.getDate() - days);
  return dayOf(at);
}
