// The fates with how many of each there are; one narrows the log to it.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { rawEventCountsQuery } from "@/api/rawEvents";
import { type FateState, fates } from "./fates";
import classes from "./IncomingPage.module.css";

/** The server counts no further. */
const countedAtMost = 10_000;

interface Props {
  slug: string;
  state?: FateState;
  channel?: string;
}

export function FateFilter({ slug, state, channel }: Props) {
  const { t, i18n } = useTranslation("settings");
  const counts = useQuery(rawEventCountsQuery()).data ?? {};
  const shown = fates.filter((fate) => (counts[fate] ?? 0) > 0 || fate === state);
  const number = (count: number) =>
    new Intl.NumberFormat(i18n.language).format(count) + (count >= countedAtMost ? "+" : "");
  return (
    <nav className={classes.chips} aria-label={t("incoming.filter")}>
      <Link
        to="/a/$slug/settings/incoming"
        params={{ slug }}
        search={{ channel }}
        className={classes.chip}
        data-on={!state || undefined}
        aria-current={state ? undefined : "true"}
      >
        {t("incoming.all")}
      </Link>
      {shown.map((fate) => (
        <Link
          key={fate}
          to="/a/$slug/settings/incoming"
          params={{ slug }}
          search={{ state: fate, channel }}
          className={classes.chip}
          data-on={fate === state || undefined}
          aria-current={fate === state ? "true" : undefined}
        >
          {t(`fate.${fate}`)}
          {/* The counts are of all channels together. */}
          {!channel && <b>{number(counts[fate] ?? 0)}</b>}
        </Link>
      ))}
    </nav>
  );
}
