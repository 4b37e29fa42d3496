// A part of a settings page: what it is about on top, its fields, and what saves them at the foot.
import { type ReactNode, useId } from "react";
import classes from "./Section.module.css";

interface Props {
  title: string;
  text?: ReactNode;
  aside?: ReactNode;
  foot?: ReactNode;
  danger?: boolean;
  children?: ReactNode;
}

export function Section({ title, text, aside, foot, danger, children }: Props) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id} data-danger={danger || undefined}>
      <header className={classes.head}>
        <div>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          {text && <p className={classes.text}>{text}</p>}
        </div>
        {aside}
      </header>
      {children && <div className={classes.body}>{children}</div>}
      {foot && <footer className={classes.foot}>{foot}</footer>}
    </section>
  );
}
