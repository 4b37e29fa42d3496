// Time zones: the list to choose from, what time it is there, and a wall clock's time there as a moment.

/** The zones that the browser knows, and the one in use even where it does not know it. */
export function zoneNames(inUse: string): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set([inUse, "UTC", ...known])].filter(Boolean).sort();
}

export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** "14:05, UTC+2"; null for a zone that the browser does not know. */
export function clockIn(zone: string, now: Date, locale: string): string | null {
  try {
    return new Intl.DateTimeFormat(locale, {
      hour: "2-digit",
      minute: "2-digit",
      timeZone: zone,
      timeZoneName: "short",
    }).format(now);
  } catch {
    return null;
  }
}

/** The moment at which clocks in that zone show this day and time ("2026-03-29", "02:30"), as ISO in UTC. */
export function momentIn(zone: string, day: string, time: string): string {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minutesInto(time) * 60_000;
  // The offset is that of the moment itself, which a second look finds even across a change of clocks.
  const first = wanted - offsetAt(zone, wanted);
  return new Date(wanted - offsetAt(zone, first)).toISOString();
}

/** The day and time that clocks in that zone show at a moment. */
export function wallClockIn(zone: string, iso: string): { day: string; time: string } {
  const parts = partsAt(zone, new Date(iso).getTime());
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}`,
  };
}

function minutesInto(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function offsetAt(zone: string, at: number): number {
  const { year, month, day, hour, minute, second } = partsAt(zone, at);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(at / 1000) * 1000;
}

function partsAt(zone: string, at: number): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}
