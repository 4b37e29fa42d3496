// A member wherever one is shown: photo or initials, how they stand now, and when they are back.
import { Tooltip } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "@/api/files";
import { type Person, usePerson } from "@/api/people";
import { Face } from "./Face";
import classes from "./PersonFace.module.css";
import { StandingMark } from "./StandingMark";
import { type Standee, standingOf, standingText } from "./standing";
import { dateLocale } from "./time";
import { useNow } from "./useNow";

/** Who it is; what more is known is taken from here, or looked up among the members, which live events keep fresh. */
export type Shown = { id: string; name: string } & Partial<Omit<Person, "id" | "name">> & Standee;

interface Props {
  person: Shown;
  size?: number;
  /** Off where the text beside it says how they stand already. */
  tooltip?: boolean;
  /** Off where that is said after the name, which comes first for those who listen. */
  spoken?: boolean;
}

export function PersonFace({ person, size = 22, tooltip = true, spoken = tooltip }: Props) {
  const known = useShown(person);
  const text = useStandingText(known);
  const style = { "--person-size": `${size}px` } as React.CSSProperties;
  const face = (
    <span className={classes.person} style={style}>
      <Picture key={known.photo_url} name={known.name} photo={known.photo_url ?? null} size={size} />
      <span className={classes.dot}>
        <StandingMark
          standing={standingOf(known)}
          size={Math.min(13, Math.max(7, Math.round(size * 0.28)))}
        />
      </span>
      {spoken && <span className="k-hidden">{text}</span>}
    </span>
  );
  // Even a tooltip that is off costs as much as a row of a list.
  return tooltip ? <Tooltip label={text}>{face}</Tooltip> : face;
}

/** The whole of somebody as far as the screen knows them. */
export function useShown(person: Shown): Shown {
  const listed = usePerson(person.availability && person.photo_url !== undefined ? null : person.id);
  return listed ? { ...listed, ...person } : person;
}

export function useStandingText(person: Standee | undefined): string {
  const { t, i18n } = useTranslation();
  return standingText(person, t, useNow(), dateLocale(i18n.language));
}

function Picture({ name, photo, size }: { name: string; photo: string | null; size: number }) {
  const [failed, setFailed] = useState(false);
  if (!photo || failed) return <Face name={name} size={size} us />;
  return <img src={fileUrl(photo)} alt="" className={classes.photo} onError={() => setFailed(true)} />;
}

/** How somebody stands, for those who listen. */
export function SpokenStanding({ person }: { person: Shown }) {
  return <span className="k-hidden">, {useStandingText(useShown(person))}</span>;
}

interface LineProps {
  person: Shown;
  size?: number;
  /** Beside the name: "you", a badge. */
  beside?: ReactNode;
  /** Below the name; how they stand where nothing is given. */
  more?: ReactNode;
}

export function PersonLine({ person, size = 30, beside, more }: LineProps) {
  const known = useShown(person);
  const text = useStandingText(known);
  return (
    <span className={classes.line}>
      <PersonFace person={known} size={size} tooltip={more !== undefined} spoken={false} />
      <span className={classes.what}>
        <span className={classes.name}>
          {known.name} {beside}
          {more !== undefined && <SpokenStanding person={known} />}
        </span>
        <span className={classes.more}>{more ?? text}</span>
      </span>
    </span>
  );
}
