// One property: its value as text until it is clicked, then its field. What is chosen is kept at once, what is typed
// when the field is left or on Enter (in several lines with Ctrl); Escape leaves it as it was.
import { ActionIcon, Tooltip, UnstyledButton } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { usePerson } from "@/api/people";
import type { Property } from "@/api/properties";
import { explain } from "../explain";
import { faultWords } from "../faultWords";
import { PersonFace } from "../PersonFace";
import { dateLocale } from "../time";
import { useEditing } from "../useEditing";
import classes from "./PropertyLines.module.css";
import { isEmpty, linkOf, valueText } from "./values";

/** Its many inputs are fetched with the first click, not with the ticket. */
const PropertyField = lazy(() =>
  import("./PropertyField").then((module) => ({ default: module.PropertyField })),
);

interface Props {
  property: Property;
  value: unknown;
  onSave: (value: unknown) => Promise<unknown>;
  readOnly: boolean;
}

export function PropertyLine({ property, value, onSave, readOnly }: Props) {
  const { editing, edit, done, pressed } = useEditing();
  return (
    <div className={classes.line}>
      <dt className={classes.name}>{property.label}</dt>
      <dd className={classes.value}>
        {editing ? (
          <Editor property={property} value={value} onSave={onSave} onDone={done} />
        ) : (
          <Shown property={property} value={value} readOnly={readOnly} onEdit={edit} buttonRef={pressed} />
        )}
      </dd>
    </div>
  );
}

interface ShownProps {
  property: Property;
  value: unknown;
  readOnly: boolean;
  onEdit: () => void;
  buttonRef: (element: HTMLElement | null) => void;
}

function Shown({ property, value, readOnly, onEdit, buttonRef }: ShownProps) {
  const { t, i18n } = useTranslation("properties");
  const person = usePerson(property.type === "member" && value ? String(value) : null);
  const text = person?.name ?? valueText(property, value, t, dateLocale(i18n.language));
  const words = isEmpty(value) ? (
    <span className={classes.empty}>{readOnly ? "–" : t("line.empty")}</span>
  ) : (
    <span className={classes.text} data-long={property.type === "long_text" || undefined}>
      {person && <PersonFace person={person} size={18} />}
      {text}
    </span>
  );
  const href = linkOf(property, value);
  const edit = t("line.edit", { name: property.label });
  if (href)
    return (
      <span className={classes.linked}>
        <a href={href} target={property.type === "url" ? "_blank" : undefined} rel="noreferrer noopener">
          {text}
        </a>
        {!readOnly && (
          <Tooltip label={edit}>
            <ActionIcon
              ref={buttonRef}
              size="sm"
              variant="subtle"
              color="gray"
              onClick={onEdit}
              aria-label={edit}
            >
              <IconPencil size={14} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
      </span>
    );
  if (readOnly) return words;
  return (
    <UnstyledButton
      ref={buttonRef}
      className={classes.button}
      onClick={onEdit}
      aria-label={text ? `${edit}: ${text}` : edit}
      title={property.help || undefined}
    >
      {words}
    </UnstyledButton>
  );
}

const chosenAtOnce = ["select", "boolean", "member"];

interface EditorProps {
  property: Property;
  value: unknown;
  onSave: (value: unknown) => Promise<unknown>;
  onDone: () => void;
}

function Editor({ property, value, onSave, onDone }: EditorProps) {
  const { t } = useTranslation("properties");
  const [draft, setDraft] = useState(value);
  const save = useMutation({ mutationFn: onSave, onSuccess: onDone });
  const keep = (next: unknown) => {
    const given = isEmpty(next) ? null : next;
    if (JSON.stringify(given) === JSON.stringify(value ?? null)) onDone();
    else if (!save.isPending) save.mutate(given);
  };
  const change = (next: unknown) => {
    setDraft(next);
    if (save.isError) save.reset();
    if (chosenAtOnce.includes(property.type)) keep(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      onDone();
    } else if (event.key === "Enter" && keepsOnEnter(property.type, event)) {
      event.preventDefault();
      keep(draft);
    }
  };
  return (
    <Suspense>
      <PropertyField
        property={property}
        value={draft}
        onChange={change}
        labelHidden
        autoFocus
        error={save.error ? faultOf(save.error, t) : undefined}
        onBlur={() => !save.isError && keep(draft)}
        onKeyDown={onKeyDown}
      />
    </Suspense>
  );
}

/** In lists Enter picks, in several lines it starts another one. */
function keepsOnEnter(type: Property["type"], { ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (type === "long_text") return ctrlKey || metaKey;
  return !chosenAtOnce.includes(type) && type !== "multi_select";
}

function faultOf(error: unknown, t: Parameters<typeof explain>[1]): string {
  const said = error instanceof Problem ? error.errors[0]?.message : undefined;
  return said ? faultWords(said, t) : explain(error, t);
}
