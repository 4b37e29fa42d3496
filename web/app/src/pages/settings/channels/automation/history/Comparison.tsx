// Two routings beside each other, line by line in words: what holds now and did not then, and the other way round.
import { useTranslation } from "react-i18next";
import type { Routing } from "@/api/routing";
import { dateLocale } from "@/kit/time";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { routingLines } from "../words";
import { differences } from "./differences";
import classes from "./History.module.css";

interface Props {
  before: Routing;
  now: Routing;
  names: Names;
  catalogue: Catalogue;
}

export function Comparison({ before, now, names, catalogue }: Props) {
  const { t, i18n } = useTranslation("routing");
  const lines = (routing: Routing) =>
    routingLines(routing, names, catalogue.words, t, dateLocale(i18n.language));
  const { gone, added } = differences(lines(now), lines(before));
  if (gone.length + added.length === 0) return <p className={classes.none}>{t("history.same")}</p>;
  return (
    <div className={classes.comparison}>
      <Lines title={t("history.added")} sign="+" lines={added} />
      <Lines title={t("history.gone")} sign="−" lines={gone} />
    </div>
  );
}

function Lines({ title, sign, lines }: { title: string; sign: "+" | "−"; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <div data-sign={sign}>
      <h4>{title}</h4>
      <ul>
        {lines.map((line) => (
          <li key={line}>
            <span aria-hidden="true">{sign}</span> {line}
          </li>
        ))}
      </ul>
    </div>
  );
}
