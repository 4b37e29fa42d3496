// Choosing messages that become a ticket of their own: a tick beside each, and what will be done below.
import { Button, Checkbox, TextInput } from "@mantine/core";
import { createContext, type FormEvent, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MessageItem } from "@/api/types";
import classes from "./splitting.module.css";
import type { Work } from "./useWork";

interface Choosing {
  chosen: ReadonlySet<string>;
  /** Of the conversation that the first chosen one is in; only its messages can be added. */
  conversation: string | null;
  turn: (message: MessageItem) => void;
}

const Context = createContext<Choosing | null>(null);

export function useSplitting() {
  const [chosen, setChosen] = useState<ReadonlyMap<string, MessageItem> | null>(null);
  const choosing = useMemo<Choosing | null>(
    () =>
      chosen && {
        chosen: new Set(chosen.keys()),
        conversation: [...chosen.values()][0]?.conversation_id ?? null,
        turn: (message) => {
          const next = new Map(chosen);
          if (!next.delete(message.id)) next.set(message.id, message);
          setChosen(next);
        },
      },
    [chosen],
  );
  return { choosing, begin: () => setChosen(new Map()), end: () => setChosen(null) };
}

export function ChoosingMessages({ choosing, children }: { choosing: Choosing | null; children: ReactNode }) {
  const begun = choosing !== null;
  // Who began by key goes on by key.
  useEffect(() => {
    if (begun) document.querySelector<HTMLElement>("[data-item] input[type=checkbox]")?.focus();
  }, [begun]);
  return <Context value={choosing}>{children}</Context>;
}

/** Beside a message, as long as messages are being chosen. */
export function SplitTick({ message }: { message: MessageItem }) {
  const { t } = useTranslation("work");
  const choosing = use(Context);
  if (!choosing) return null;
  const other = choosing.conversation !== null && choosing.conversation !== message.conversation_id;
  return (
    <Checkbox
      className={classes.tick}
      size="sm"
      checked={choosing.chosen.has(message.id)}
      disabled={other}
      onChange={() => choosing.turn(message)}
      label={
        other
          ? t("split.otherConversation")
          : t("split.tick", { who: message.from.name || message.from.address })
      }
    />
  );
}

interface BarProps {
  choosing: Choosing;
  work: Work;
  onEnd: () => void;
}

export function SplitBar({ choosing, work, onEnd }: BarProps) {
  const { t } = useTranslation("work");
  const [subject, setSubject] = useState("");
  const count = choosing.chosen.size;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await work.split([...choosing.chosen], subject.trim())) onEnd();
  };
  return (
    <form className={classes.bar} onSubmit={submit} aria-label={t("split.action")}>
      <span className={classes.count} aria-live="polite">
        {t("split.chosen", { count })}
      </span>
      <TextInput
        className={classes.subject}
        size="xs"
        aria-label={t("split.subject")}
        placeholder={t("split.subject")}
        maxLength={1000}
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Button size="xs" variant="default" onClick={onEnd}>
        {t("common:cancel")}
      </Button>
      <Button size="xs" type="submit" disabled={count === 0}>
        {t("split.do")}
      </Button>
    </form>
  );
}
