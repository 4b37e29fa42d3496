// The way of one message: who wrote, what is set, which rules fit, who was looked at, and what comes of it.
import { IconCheck, IconHourglassHigh, IconInbox, IconMinus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Preview, Routing } from "@/api/routing";
import { Face } from "@/kit/Face";
import { PersonFace } from "@/kit/PersonFace";
import { Candidates } from "@/pages/ticket/why/Candidates";
import { decisionWords } from "@/pages/ticket/why/reasonWords";
import { useCandidatesInWords } from "@/pages/ticket/why/useSkillsInWords";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { becauseWords } from "./becauseWords";
import classes from "./TryPanel.module.css";

interface Props {
  preview: Preview;
  /** What was asked about. */
  routing: Routing;
  names: Names;
  catalogue: Catalogue;
  fresh: boolean;
}

export function WayOfMessage({ preview: found, routing, names, catalogue, fresh }: Props) {
  const { t } = useTranslation("routing");
  const inWords = useCandidatesInWords();
  const preview = { ...found, candidates: inWords(found.candidates) };
  return (
    <div className={classes.way} data-stale={!fresh || undefined} aria-live="polite" aria-busy={!fresh}>
      <Result preview={preview} />
      <Part title={t("preview.contact")}>
        <Contact contact={preview.contact} />
      </Part>
      <Part title={t("preview.properties")}>
        <Properties properties={preview.properties} catalogue={catalogue} />
      </Part>
      <Part title={t("preview.rules")}>
        <Rules preview={preview} routing={routing} names={names} />
      </Part>
      {preview.candidates.length > 0 && (
        <Part title={t("preview.candidates")}>
          <Candidates candidates={preview.candidates} label={t("preview.candidates")} />
        </Part>
      )}
    </div>
  );
}

function Result({ preview }: { preview: Preview }) {
  const { t } = useTranslation("routing");
  const { assignee, outcome } = preview;
  const who = assignee?.name ?? t("outcome.someone");
  return (
    <div className={classes.result} data-outcome={outcome}>
      {assignee ? (
        <PersonFace person={assignee} size={34} />
      ) : (
        <span className={classes.nobody}>
          {outcome === "waiting" ? <IconHourglassHigh size={18} /> : <IconInbox size={18} />}
        </span>
      )}
      <div>
        <b>{t(`preview.outcome.${outcome}`, { who })}</b>
        <p>{decisionWords(preview, { who: assignee?.name }, t)}</p>
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Contact({ contact }: { contact: Preview["contact"] }) {
  const { t } = useTranslation("routing");
  const name = contact.name || contact.email || t("outcome.someone");
  return (
    <div className={classes.contact}>
      <Face name={name} size={26} />
      <span>
        <b>{name}</b>
        <span>
          {[
            t(contact.is_new ? "preview.isNew" : "preview.known"),
            contact.owner ? t("preview.ownedBy", { name: contact.owner.name }) : t("preview.noOwner"),
          ].join(", ")}
        </span>
      </span>
    </div>
  );
}

function Properties({ properties, catalogue }: { properties: Preview["properties"]; catalogue: Catalogue }) {
  const { t } = useTranslation("routing");
  const set = Object.entries(properties).filter(([, value]) => value !== null && value !== "");
  if (set.length === 0) return <p className={classes.wait}>{t("preview.noProperties")}</p>;
  return (
    <dl className={classes.properties}>
      {set.map(([key, value]) => {
        const words = catalogue.words(key, value);
        return (
          <div key={key}>
            <dt>{words.name}</dt>
            <dd>{words.value}</dd>
          </div>
        );
      })}
    </dl>
  );
}

function Rules({ preview, routing, names }: Pick<Props, "preview" | "routing" | "names">) {
  const { t } = useTranslation("routing");
  if (preview.rules.length === 0) return <p className={classes.wait}>{t("preview.noRules")}</p>;
  const decisive = preview.rule?.number;
  return (
    <ol className={classes.rules}>
      {preview.rules.map((rule) => {
        const after = decisive !== undefined && rule.number > decisive;
        const state = after ? "notReached" : rule.holds ? "holds" : "fails";
        return (
          <li key={rule.number} data-state={state}>
            <Mark state={state} />
            <div>
              <b>{rule.name || t("rules.nth", { number: rule.number })}</b>
              <span className={classes.state}>{t(`preview.${state}`)}</span>
              {!after && (
                <ul>
                  {becauseWords(rule.because, routing.rules[rule.number - 1], names, t).map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Mark({ state }: { state: "holds" | "fails" | "notReached" }) {
  const Icon = state === "holds" ? IconCheck : state === "fails" ? IconX : IconMinus;
  return (
    <span className={classes.mark}>
      <Icon size={13} stroke={2.4} aria-hidden="true" />
    </span>
  );
}
