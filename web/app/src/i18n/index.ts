// Texts of the app: one JSON file a page and language, fetched when a page first needs them.
import i18n, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

export type Locale = "en" | "sv";
export const locales: Locale[] = ["en", "sv"];
export { i18n };

const files = import.meta.glob<{ default: Record<string, unknown> }>("./*/*.json");
const remembered = "kanal.locale";

const jsonFiles: BackendModule = {
  type: "backend",
  init() {},
  read(language, namespace, done) {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) return done(new Error(`no texts ${language}/${namespace}`), null);
    load().then(
      (file) => done(null, file.default),
      (error: Error) => done(error, null),
    );
  },
};

export async function startI18n(locale: Locale = preferredLocale()): Promise<void> {
  await i18n
    .use(jsonFiles)
    .use(initReactI18next)
    .init({
      lng: locale,
      fallbackLng: "en",
      supportedLngs: locales,
      ns: ["common"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
    });
  document.documentElement.lang = locale;
}

export async function changeLocale(locale: Locale): Promise<void> {
  localStorage.setItem(remembered, locale);
  await i18n.changeLanguage(locale);
  document.documentElement.lang = locale;
}

function preferredLocale(): Locale {
  const wanted = localStorage.getItem(remembered) ?? navigator.language.slice(0, 2);
  return wanted === "sv" ? "sv" : "en";
}
