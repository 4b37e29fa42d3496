// A moment on the screen, with the full date on hover and for machines.
import { useTranslation } from "react-i18next";
import { dateLocale, fullTime, messageTime, shortTime } from "./time";
import { useNow } from "./useNow";

interface Props {
  at: string;
  /** `short` for lists ("5 min"), `clock` for messages ("Tue 14:05"). */
  as?: "short" | "clock";
  className?: string;
}

export function Time({ at, as = "short", className }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const locale = dateLocale(i18n.language);
  return (
    <time dateTime={at} title={fullTime(at, locale)} className={className}>
      {as === "short" ? shortTime(at, now, locale, t("common:time.now")) : messageTime(at, now, locale)}
    </time>
  );
}
