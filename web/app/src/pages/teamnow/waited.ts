// A length of time as short as it can be read: "0:42", "12:05", "3h 20m", "2d 4h".

export function waited(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes}:${String(whole % 60).padStart(2, "0")}`;
  if (hours < 24) return `${unit(hours, "hour", locale)} ${unit(minutes % 60, "minute", locale)}`;
  return `${unit(Math.floor(hours / 24), "day", locale)} ${unit(hours % 24, "hour", locale)}`;
}

function unit(value: number, name: "day" | "hour" | "minute", locale: string): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "narrow" }).format(value);
}
