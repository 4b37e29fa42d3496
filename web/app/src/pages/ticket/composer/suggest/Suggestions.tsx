// The list beside what is written, chosen from by key or pointer.
import { Portal, UnstyledButton } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import { type CSSProperties, useEffect, useId } from "react";
import type { Offer } from "./extension";
import classes from "./Suggestions.module.css";

interface Props {
  editor: Editor;
  offer: Offer;
  active: number;
}

export function Suggestions({ editor, offer, active }: Props) {
  const id = useId();
  useEffect(() => {
    const text = editor.isDestroyed ? null : editor.view.dom;
    if (!text) return;
    const said = {
      "aria-controls": id,
      "aria-activedescendant": `${id}-${active}`,
      "aria-autocomplete": "list",
    };
    for (const [name, value] of Object.entries(said)) text.setAttribute(name, value);
    return () => {
      for (const name of Object.keys(said)) text.removeAttribute(name);
    };
  }, [editor, active, id]);
  const marked = offer.items[active];
  return (
    <Portal>
      <div
        id={id}
        role="listbox"
        aria-label={offer.suggester.label}
        className={classes.list}
        style={placed(offer.place)}
      >
        {offer.items.map((item, index) => (
          <UnstyledButton
            key={item.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            className={classes.item}
            data-active={index === active || undefined}
            // The text keeps the cursor.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => offer.pick(item)}
          >
            {item.icon}
            <span className={classes.label}>{item.label}</span>
            {item.hint && <span className={classes.hint}>{item.hint}</span>}
          </UnstyledButton>
        ))}
      </div>
      {offer.suggester.beside && marked && besideOf(offer.place) && (
        <div className={classes.beside} style={besideOf(offer.place)}>
          {offer.suggester.beside(marked)}
        </div>
      )}
      <output className="k-hidden" aria-live="polite">
        {marked?.label}
      </output>
    </Portal>
  );
}

const gap = 6;
const width = 300;

/** Above what is written where it stands low on the screen, else below it. */
function placed(place: DOMRect | null): CSSProperties {
  if (!place) return { display: "none" };
  const left = Math.max(8, Math.min(place.left, window.innerWidth - width - 8));
  return place.top > window.innerHeight / 2
    ? { left, bottom: window.innerHeight - place.top + gap }
    : { left, top: place.bottom + gap };
}

/** To the right of the list where there is room, else to its left, else not at all. */
function besideOf(place: DOMRect | null): CSSProperties | undefined {
  const list = placed(place);
  if (typeof list.left !== "number") return undefined;
  const { left, ...vertical } = list;
  if (left + 2 * width + gap + 8 <= window.innerWidth) return { ...vertical, left: left + width + gap };
  return left - width - gap >= 8 ? { ...vertical, left: left - width - gap } : undefined;
}
