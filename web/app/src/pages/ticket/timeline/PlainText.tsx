// Plain text as it was written, with its links to follow.
import { links } from "./links";
import classes from "./MessageText.module.css";

export function PlainText({ text }: { text: string }) {
  return (
    <div className={classes.plain}>
      {links(text.trimEnd()).map((part) =>
        part.href ? (
          <a key={part.at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </div>
  );
}
