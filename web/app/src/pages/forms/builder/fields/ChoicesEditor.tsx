// The choices of a field: written one under the other or many at once, put in order, taken away; of a field that sets a
// property those of its choices that are offered, and what visitors see of them.
import { ActionIcon, Button, Checkbox, Group, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type ClipboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { moved, SortableList, SortableRow } from "@/kit/sort/SortableList";
import { useBuilding } from "../context";
import { withChoice } from "../draft";
import type { Settable } from "../newField";
import { wordsOf } from "../words";
import type { FieldProps } from "./fieldProps";
import classes from "./Panel.module.css";

export function ChoicesEditor(props: FieldProps) {
  const { settables } = useBuilding();
  const property = settables.find((each) => each.path === props.field.property);
  if (property && property.options.length > 0) return <PropertyChoices {...props} property={property} />;
  return <OwnChoices {...props} />;
}

function OwnChoices({ field, set, fault }: FieldProps) {
  const { t } = useTranslation("forms");
  const { editing } = useBuilding();
  const [many, setMany] = useState(false);
  const fresh = useRef<number | null>(null);
  const { options } = field;
  const nameOf = (at: number) => options[at]?.trim() || t("choices.nth", { number: at + 1 });
  const words = wordsOf[editing.draft.options.language];
  const add = () => {
    fresh.current = options.length;
    const next = words.choice(options.length + 1);
    set({ options: [...options, options.includes(next) ? "" : next] });
  };
  const paste = (event: ClipboardEvent, at: number) => {
    const lines = linesOf(event.clipboardData.getData("text"));
    if (lines.length < 2) return;
    event.preventDefault();
    const rest = options.filter((each, index) => index !== at || each.trim());
    set({ options: unique([...rest.slice(0, at), ...lines, ...rest.slice(at)]) });
  };
  if (many)
    return (
      <ManyChoices
        options={options}
        onDone={(next) => {
          if (next) set({ options: next });
          setMany(false);
        }}
      />
    );
  return (
    <div>
      <SortableList
        label={t("panel.choices")}
        items={options.map((_, at) => ({ id: String(at), name: nameOf(at) }))}
        onMove={(from, to) => set({ options: moved(options, from, to) })}
      >
        {options.map((option, at) => (
          <SortableRow
            // biome-ignore lint/suspicious/noArrayIndexKey: while they are typed, two choices can be the same
            key={at}
            item={{ id: String(at), name: nameOf(at) }}
            className={classes.choice}
          >
            <TextInput
              size="xs"
              aria-label={t("choices.nth", { number: at + 1 })}
              maxLength={200}
              autoFocus={fresh.current === at}
              value={option}
              onFocus={(event) => fresh.current === at && event.currentTarget.select()}
              onChange={(event) => {
                const text = event.currentTarget.value;
                editing.change((now) => withChoice(now, field.id, at, text), `${field.id} choice ${at}`);
              }}
              onPaste={(event) => paste(event, at)}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                add();
              }}
              error={fault(`options.${at}`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              aria-label={t("choices.remove", { name: nameOf(at) })}
              onClick={() => set({ options: options.toSpliced(at, 1) })}
            >
              <IconX size={15} stroke={1.7} />
            </ActionIcon>
          </SortableRow>
        ))}
      </SortableList>
      {options.length === 0 && <p className={classes.fault}>{fault("options")}</p>}
      <Group gap={6} mt={6}>
        <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
          {t("choices.add")}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => setMany(true)}>
          {t("choices.many")}
        </Button>
      </Group>
    </div>
  );
}

interface ManyProps {
  options: string[];
  onDone: (options: string[] | null) => void;
}

function ManyChoices({ options, onDone }: ManyProps) {
  const { t } = useTranslation("forms");
  const [text, setText] = useState(options.join("\n"));
  return (
    <div>
      <Textarea
        label={t("choices.manyLabel")}
        autosize
        minRows={5}
        maxRows={14}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap={6} mt={8}>
        <Button size="compact-sm" onClick={() => onDone(unique(linesOf(text)))}>
          {t("choices.manyDone")}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => onDone(null)}>
          {t("common:cancel")}
        </Button>
      </Group>
    </div>
  );
}

const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/\s+/g, " ").trim().slice(0, 200))
    .filter(Boolean);
const unique = (lines: string[]) => [...new Set(lines)];

function PropertyChoices({ field, set, property }: FieldProps & { property: Settable }) {
  const { t } = useTranslation("forms");
  const known = property.options.map((option) => option.value);
  const toggle = (value: string, offered: boolean) => {
    const wanted = offered ? [...field.options, value] : field.options.filter((each) => each !== value);
    set({ options: known.filter((each) => wanted.includes(each)) });
  };
  return (
    <div className={classes.choices}>
      <p className={classes.text}>{t("choices.property", { name: property.label })}</p>
      {property.options.map(({ value, label }) => {
        const offered = field.options.includes(value);
        return (
          <div key={value} className={classes.choice}>
            <Checkbox
              size="xs"
              aria-label={t("choices.offer", { name: label })}
              checked={offered}
              onChange={(event) => toggle(value, event.currentTarget.checked)}
            />
            <TextInput
              size="xs"
              aria-label={t("choices.shownAs", { name: label })}
              placeholder={label}
              disabled={!offered}
              maxLength={200}
              value={field.labels[value] ?? label}
              onChange={(event) =>
                set({ labels: { ...field.labels, [value]: event.currentTarget.value } }, `label of ${value}`)
              }
            />
          </div>
        );
      })}
    </div>
  );
}
