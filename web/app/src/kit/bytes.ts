/** A limit in whole megabytes; less than it is, so that what fits in what is said fits. */
export const megabytes = (limit: number, locale: string) =>
  bytes(Math.floor(limit / 1024 ** 2) * 1024 ** 2, locale);

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
