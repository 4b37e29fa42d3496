// What would have gone elsewhere: in a sentence, as bars, as a table, and ticket by ticket.
import { SegmentedControl } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BeforeAfter, SimulationResult as Result } from "@/api/simulations";
import { Face } from "@/kit/Face";
import { Note } from "@/kit/Note";
import { PersonFace } from "@/kit/PersonFace";
import { dateLocale } from "@/kit/time";
import classes from "./Simulator.module.css";

const Bars = lazy(() => import("./Bars").then((module) => ({ default: module.Bars })));

export function SimulationResult({ result }: { result: Result }) {
  const { t } = useTranslation("routing");
  const [by, setBy] = useState<"member" | "team">("member");
  if (result.tickets === 0) return <p className={classes.verdict}>{t("simulation.nothing")}</p>;
  const rows = by === "member" ? withNobody(result, t("simulation.nobody")) : result.by_team;
  return (
    <div className={classes.result}>
      <Verdict result={result} />
      <Missing result={result} />
      {result.by_team.length > 0 && (
        <SegmentedControl
          size="xs"
          value={by}
          onChange={(to) => setBy(to as typeof by)}
          data={[
            { value: "member", label: t("simulation.byMember") },
            { value: "team", label: t("simulation.byTeam") },
          ]}
        />
      )}
      <Suspense fallback={<div style={{ height: 220 }} />}>
        <Bars rows={rows} label={t(by === "member" ? "simulation.chart" : "simulation.chartTeam")} />
      </Suspense>
      <Table rows={rows} by={by} />
      <Changes result={result} />
      <Notes result={result} />
    </div>
  );
}

function Verdict({ result }: { result: Result }) {
  const { t } = useTranslation("routing");
  const compared = result.tickets - result.missing_history;
  return (
    <div role="status">
      <p className={classes.verdict}>
        {result.elsewhere === 0
          ? t("simulation.same", { count: compared })
          : t("simulation.elsewhere", { count: result.elsewhere, total: compared })}
      </p>
      <p className={classes.lead}>
        {t("simulation.unassigned", { before: result.unassigned_before, after: result.unassigned_after })}
      </p>
    </div>
  );
}

function Missing({ result }: { result: Result }) {
  const { t, i18n } = useTranslation("routing");
  if (result.missing_history === 0) return null;
  const date = new Intl.DateTimeFormat(dateLocale(i18n.language), { dateStyle: "long" }).format(
    new Date(result.from),
  );
  return (
    <Note tone="warn">
      {t("simulation.missing", { count: result.missing_history })} {t("simulation.from", { date })}
    </Note>
  );
}

function Table({ rows, by }: { rows: BeforeAfter[]; by: "member" | "team" }) {
  const { t } = useTranslation("routing");
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t(by === "member" ? "simulation.person" : "simulation.team")}</th>
          <th scope="col">{t("simulation.before")}</th>
          <th scope="col">{t("simulation.after")}</th>
          <th scope="col">{t("simulation.difference")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <span className={classes.who}>
                {by === "member" && row.id ? <PersonFace person={row} size={22} /> : null}
                {by === "team" && <Face name={row.name} size={22} />}
                {row.name}
              </span>
            </th>
            <td>{row.before}</td>
            <td>{row.after}</td>
            <td data-way={Math.sign(row.after - row.before)}>{signed(row.after - row.before)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where the desk of then is not quite rebuilt, and how well it is. */
function Notes({ result }: { result: Result }) {
  const { t } = useTranslation("routing");
  const { compared, reproduced } = result;
  return (
    <p className={classes.lead}>
      {compared > 0 && `${t("simulation.reproduced", { compared, reproduced })} `}
      {result.notes.map((note) => t(`simulation.note.${note}`)).join(" ")}
    </p>
  );
}

function Changes({ result }: { result: Result }) {
  const { t } = useTranslation("routing");
  const { slug } = useParams({ from: "/a/$slug" });
  if (result.changes.length === 0) return null;
  const nobody = t("simulation.nobody");
  return (
    <section>
      <h3 className={classes.heading}>{t("simulation.changes")}</h3>
      {result.changes.length < result.elsewhere && (
        <p className={classes.lead}>
          {t("simulation.firstOnes", { count: result.changes.length, total: result.elsewhere })}
        </p>
      )}
      <ul className={classes.changes}>
        {result.changes.map((change) => (
          <li key={change.ticket_id}>
            <Link
              to="/a/$slug/tickets/$number"
              params={{ slug, number: String(change.number) }}
              target="_blank"
            >
              <span className={classes.ticketNumber}>#{change.number}</span>{" "}
              {change.subject || t("ticket:noSubject")}
            </Link>
            <span className={classes.way}>
              {change.before ?? nobody} → <b>{change.after ?? nobody}</b>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Unassigned tickets are somebody's too: nobody's. */
function withNobody(result: Result, name: string): BeforeAfter[] {
  const { unassigned_before: before, unassigned_after: after } = result;
  return before || after ? [...result.by_member, { id: "", name, before, after }] : result.by_member;
}

const signed = (difference: number) =>
  difference === 0 ? "0" : `${difference > 0 ? "+" : "−"}${Math.abs(difference)}`;
