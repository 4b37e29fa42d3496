// How long something has waited, counting on while one looks.
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { dateLocale, fullTime } from "@/kit/time";
import { waited } from "./waited";

export function Ticking({ since, className }: { since: string; className?: string }) {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const locale = dateLocale(i18n.language);
  return (
    <time
      dateTime={since}
      title={fullTime(since, locale)}
      className={className}
      style={{ fontVariantNumeric: "tabular-nums", whiteSpace: "nowrap" }}
    >
      {waited((now - new Date(since).getTime()) / 1000, locale)}
    </time>
  );
}
