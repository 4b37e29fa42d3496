// A quiet box beside the text: something to know, to beware of, or that went wrong.
import { IconAlertCircle, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Note.module.css";

interface Props {
  tone?: "info" | "warn" | "bad";
  icon?: typeof IconInfoCircle;
  title?: string;
  children: ReactNode;
}

export function Note({ tone = "info", icon, title, children }: Props) {
  const Icon = icon ?? (tone === "bad" ? IconAlertCircle : IconInfoCircle);
  return (
    <div className={classes.note} data-tone={tone} role={tone === "bad" ? "alert" : undefined}>
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      <div className={classes.text}>
        {title && <b>{title}</b>}
        {children}
      </div>
    </div>
  );
}
