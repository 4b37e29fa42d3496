// A person as two letters in a quiet colour that stays theirs.
import classes from "./Face.module.css";

interface Props {
  name: string;
  size?: number;
  /** Members of the desk are round, contacts square: one sees at once who is us. */
  us?: boolean;
}

const hues = [192, 162, 28, 265, 338, 215, 84, 12];

export function Face({ name, size = 22, us = false }: Props) {
  const style = {
    "--face-hue": hues[hash(name) % hues.length],
    "--face-size": `${size}px`,
  } as React.CSSProperties;
  return (
    <span className={classes.face} data-us={us || undefined} style={style} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

export function initials(name: string): string {
  const words = name
    .replace(/@.*/, "")
    .split(/[\s._-]+/)
    .filter((word) => /\p{L}|\p{N}/u.test(word));
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : undefined];
  return (
    letters
      .map((word) => (word ? [...word][0] : ""))
      .join("")
      .toUpperCase() || "?"
  );
}

function hash(text: string): number {
  let value = 7;
  for (const letter of text) value = (value * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return value;
}
