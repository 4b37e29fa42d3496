// Who could have had a ticket, and why each was chosen or not.
import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Candidate } from "@/api/routing";
import { PersonFace, SpokenStanding } from "@/kit/PersonFace";
import { dateLocale } from "@/kit/time";
import { useNow } from "@/kit/useNow";
import classes from "./Candidates.module.css";
import { byNearness, reasonWords } from "./reasonWords";

const shownFirst = 6;

export function Candidates({ candidates, label }: { candidates: Candidate[]; label: string }) {
  const { t, i18n } = useTranslation("routing");
  const [all, setAll] = useState(false);
  const teller = { t, now: useNow(), locale: dateLocale(i18n.language) };
  const sorted = byNearness(candidates);
  const shown = all || sorted.length <= shownFirst + 1 ? sorted : sorted.slice(0, shownFirst);
  return (
    <>
      <ul className={classes.list} aria-label={label}>
        {shown.map((candidate) => (
          <li key={candidate.member} className={classes.row} data-chosen={candidate.chosen || undefined}>
            <PersonFace person={shownAs(candidate)} size={26} spoken={false} />
            <span className={classes.text}>
              <span className={classes.name}>
                {candidate.name}
                <SpokenStanding person={shownAs(candidate)} />
              </span>
              <span className={classes.reason}>
                {candidate.reasons.map((reason) => reasonWords(reason, teller)).join("; ")}
              </span>
            </span>
            {candidate.chosen && <IconCheck size={17} stroke={2.2} aria-hidden="true" />}
          </li>
        ))}
      </ul>
      {shown.length < sorted.length && (
        <Button variant="subtle" size="compact-sm" ml={-8} onClick={() => setAll(true)}>
          {t("why.showAll", { count: sorted.length })}
        </Button>
      )}
    </>
  );
}

const shownAs = ({ member, name }: Candidate) => ({ id: member, name });
