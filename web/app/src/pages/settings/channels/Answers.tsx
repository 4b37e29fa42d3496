// By which address a channel that carries no answers itself is answered, or why that cannot be yet.
import { IconCornerUpLeft, IconMailOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { inWords } from "../ui/serverWords";
import classes from "./Health.module.css";

export function Answers({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { answers } = channel;
  if (!answers) return null;
  if (answers.obstacle)
    return (
      <span className={classes.obstacle}>
        <IconMailOff size={14} stroke={1.8} aria-hidden="true" />
        {inWords(answers.obstacle, t)}
      </span>
    );
  if (!answers.channel || answers.channel.id === channel.id) return null;
  return (
    <span className={classes.answers}>
      <IconCornerUpLeft size={13} stroke={1.8} aria-hidden="true" />
      {t(answers.chosen ? "answers.by" : "answers.byDesk", { name: answers.channel.name })}
    </span>
  );
}

/** On the channel's own page: what is in the way stands above everything. */
export function AnswersNote({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  if (!channel.answers?.obstacle) return null;
  return (
    <div className={classes.answersNote}>
      <Note tone="warn" icon={IconMailOff}>
        {inWords(channel.answers.obstacle, t)}
      </Note>
    </div>
  );
}
