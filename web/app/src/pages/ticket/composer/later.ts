// Times at which people like to have their mail leave, and those they type.
export type Later = "hour" | "evening" | "tomorrow" | "monday";

const morning = 8;
const evening = 18;

/** The offers that lie ahead; in the reader's own zone. */
export function offers(now: Date): { name: Later; at: Date }[] {
  const all: { name: Later; at: Date }[] = [
    { name: "hour", at: new Date(now.getTime() + 3_600_000) },
    { name: "evening", at: at(now, 0, evening) },
    { name: "tomorrow", at: at(now, 1, morning) },
    { name: "monday", at: at(now, (8 - now.getDay()) % 7 || 7, morning) },
  ];
  const inAnHour = now.getTime() + 3_600_000;
  return all.filter(
    ({ name, at }, place) =>
      (name !== "evening" || at.getTime() > inAnHour) &&
      all.findIndex((other) => other.at.getTime() === at.getTime()) === place,
  );
}

/** What a field for date and time holds: "2026-03-02T08:00". */
export function fieldValue(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment typed into such a field; null while it is none, or has passed. */
export function momentIn(value: string, now: Date): Date | null {
  const moment = new Date(value);
  return value && moment.getTime() > now.getTime() ? moment : null;
}

function at(now: Date, days: number, hour: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
