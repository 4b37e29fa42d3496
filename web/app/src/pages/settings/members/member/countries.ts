// Countries and their regions as one code ("DE-BY"), named in the reader's language, and the holidays ahead.
import type { Country, Holiday } from "@/api/availability";

/** "DE-BY" → "DE"; regions have codes with their country in front. */
export const countryOf = (code: string) => code.split("-")[0] ?? "";

export function countryName(country: Country, language: string): string {
  try {
    return (
      new Intl.DisplayNames([language], { type: "region", fallback: "none" }).of(country.code) ?? country.name
    );
  } catch {
    return country.name;
  }
}

export const byCountryName = (countries: Country[], language: string) =>
  [...countries].sort((a, b) => countryName(a, language).localeCompare(countryName(b, language), language));

/** From today on, days written as "2026-12-24". */
export const nextHolidays = (holidays: Holiday[], today: string, most: number) =>
  holidays
    .filter((holiday) => holiday.date >= today)
    .sort((a, b) => a.date.localeCompare(b.date))
    .slice(0, most);
