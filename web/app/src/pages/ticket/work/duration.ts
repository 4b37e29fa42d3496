// How long something took, in the two largest units that say something.
const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** "2 days, 4 hr", "35 min"; less than a minute is 0 min. */
export function duration(seconds: number, locale: string): string {
  const parts: string[] = [];
  let left = Math.max(0, Math.floor(seconds));
  for (const [unit, size] of units) {
    const value = Math.floor(left / size);
    left -= value * size;
    if (value > 0 || (unit === "minute" && parts.length === 0))
      parts.push(new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value));
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}
