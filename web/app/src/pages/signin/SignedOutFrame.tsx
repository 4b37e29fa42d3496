// The frame of the pages before sign-in: one quiet card, and the language below it.
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { changeLocale, type Locale, locales } from "@/i18n";
import { Mark } from "@/shell/Rail";
import classes from "./SignedOutFrame.module.css";

interface Props {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
}

export function SignedOutFrame({ title, lead, children }: Props) {
  useDocumentTitle(`${title} · Kanal`);
  return (
    <div className={classes.page}>
      <main className={classes.card}>
        <span className={classes.mark}>
          <Mark />
          Kanal
        </span>
        <h1 className={classes.title}>{title}</h1>
        {lead && <p className={classes.lead}>{lead}</p>}
        {children}
      </main>
      <Languages />
    </div>
  );
}

function Languages() {
  const { t, i18n } = useTranslation("signin");
  return (
    <nav className={classes.languages} aria-label={t("language")}>
      {locales.map((locale: Locale) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={i18n.language === locale}
          onClick={() => changeLocale(locale)}
        >
          {locale === "en" ? "English" : "Svenska"}
        </button>
      ))}
    </nav>
  );
}
