// The choices of a property: written one under the other, put in order, and taken away.
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconPlus, IconX } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { moved, SortableList, SortableRow } from "@/kit/sort/SortableList";
import { type DraftOption, newOption } from "./draft";
import classes from "./PropertyDrawer.module.css";

interface Props {
  options: DraftOption[];
  onChange: (options: DraftOption[]) => void;
  errorOf: (id: string) => string | undefined;
}

export function OptionsEditor({ options, onChange, errorOf }: Props) {
  const { t } = useTranslation("properties");
  const fresh = useRef<string | null>(null);
  const offered = options.filter((option) => !option.archived);
  const gone = options.filter((option) => option.archived);
  const change = (id: string, change: Partial<DraftOption>) =>
    onChange(options.map((option) => (option.id === id ? { ...option, ...change } : option)));
  const add = () => {
    const option = newOption();
    fresh.current = option.id;
    onChange([...offered, option, ...gone]);
  };
  const nameOf = (option: DraftOption, at: number) =>
    option.label.trim() || t("drawer.option", { number: at + 1 });
  return (
    <div>
      <p className={classes.label}>{t("drawer.options")}</p>
      <p className={classes.text}>{t("drawer.optionsText")}</p>
      <SortableList
        label={t("drawer.options")}
        items={offered.map((option, at) => ({ id: option.id, name: nameOf(option, at) }))}
        onMove={(from, to) => onChange([...moved(offered, from, to), ...gone])}
      >
        {offered.map((option, at) => (
          <SortableRow
            key={option.id}
            item={{ id: option.id, name: nameOf(option, at) }}
            className={classes.option}
          >
            <TextInput
              aria-label={t("drawer.option", { number: at + 1 })}
              placeholder={t("drawer.optionPlaceholder")}
              autoFocus={fresh.current === option.id}
              maxLength={100}
              value={option.label}
              onChange={(event) => change(option.id, { label: event.currentTarget.value })}
              onKeyDown={(event) => {
                if (event.key !== "Enter") return;
                event.preventDefault();
                if (option.label.trim()) add();
              }}
              error={errorOf(option.id)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("drawer.removeOption", { name: nameOf(option, at) })}
              onClick={() => onChange(options.filter((one) => one.id !== option.id))}
            >
              <IconX size={16} stroke={1.7} />
            </ActionIcon>
          </SortableRow>
        ))}
      </SortableList>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} stroke={1.8} />}
        onClick={add}
      >
        {t("drawer.addOption")}
      </Button>
      {gone.length > 0 && (
        <div style={{ marginTop: 12 }}>
          <p className={classes.text}>{t("drawer.gone")}</p>
          {gone.map((option) => (
            <div key={option.id} className={classes.gone}>
              {option.label}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("drawer.reviveOption", { name: option.label })}
                onClick={() => change(option.id, { archived: false })}
              >
                <IconArrowBackUp size={16} stroke={1.7} />
              </ActionIcon>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
