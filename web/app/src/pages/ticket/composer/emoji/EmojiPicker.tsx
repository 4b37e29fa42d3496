// All emoji, to be looked for and chosen from.
import { TextInput } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./EmojiPicker.module.css";
import { findEmoji } from "./emoji";

const columns = 8;

export function EmojiPicker({ onPick }: { onPick: (sign: string) => void }) {
  const { t } = useTranslation("composer");
  const [query, setQuery] = useState("");
  const grid = useRef<HTMLFieldSetElement>(null);
  const found = findEmoji(query);

  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const buttons = [...(grid.current?.querySelectorAll("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = step && buttons[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  const fromField = (event: KeyboardEvent) => {
    if (event.key === "Enter" && found[0]) onPick(found[0].sign);
    else if (event.key === "ArrowDown") grid.current?.querySelector("button")?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.picker}>
      <TextInput
        size="xs"
        data-autofocus
        placeholder={t("emoji.search")}
        aria-label={t("emoji.search")}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={fromField}
      />
      <fieldset ref={grid} className={classes.grid} onKeyDown={move}>
        <legend className="k-hidden">{t("emoji.title")}</legend>
        {found.map(({ sign, name }) => (
          <button
            key={name}
            type="button"
            className={classes.emoji}
            title={name}
            aria-label={name.replaceAll("_", " ")}
            onClick={() => onPick(sign)}
          >
            {sign}
          </button>
        ))}
      </fieldset>
      {found.length === 0 && <p className={classes.none}>{t("common:noMatch")}</p>}
    </div>
  );
}
