// Plain text as it was written, with its links to follow and the members it names marked.
import { Fragment } from "react";
import type { CommentItem } from "@/api/types";
import { links } from "./links";
import classes from "./MessageText.module.css";

interface Props {
  text: string;
  mentions?: CommentItem["mentions"];
}

export function PlainText({ text, mentions = [] }: Props) {
  return (
    <div className={classes.plain}>
      {links(text.trimEnd()).map((part) =>
        part.href ? (
          <a key={part.at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : (
          <Fragment key={part.at}>
            <Named text={part.text} names={mentions.map(({ name }) => `@${name}`)} />
          </Fragment>
        ),
      )}
    </div>
  );
}

function Named({ text, names }: { text: string; names: string[] }) {
  return pieces(text, names).map(({ at, piece, named }) =>
    named ? (
      <mark key={at} className={classes.mention}>
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}

/** The text cut at each of the names. */
export function pieces(text: string, names: string[]): { at: number; piece: string; named: boolean }[] {
  const found: { at: number; piece: string; named: boolean }[] = [];
  let rest = 0;
  while (rest < text.length) {
    const next = names
      .map((name) => ({ name, at: text.indexOf(name, rest) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0];
    const end = next ? next.at : text.length;
    if (end > rest) found.push({ at: rest, piece: text.slice(rest, end), named: false });
    if (!next) break;
    found.push({ at: next.at, piece: next.name, named: true });
    rest = next.at + next.name.length;
  }
  return found;
}
