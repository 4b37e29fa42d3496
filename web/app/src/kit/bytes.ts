/** 184320 → "180 kB", as the reader's language writes it. */
export function bytes(size: number, locale: string): string {
  const [value, unit] =
    size < 1024
      ? [size, "byte"]
      : size < 1024 ** 2
        ? [size / 1024, "kilobyte"]
        : [size / 1024 ** 2, "megabyte"];
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: unit === "byte" ? "long" : "short",
    maximumFractionDigits: value < 10 && unit === "megabyte" ? 1 : 0,
  }).format(value);
}
