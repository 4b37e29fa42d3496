// A small button that shows a choice and opens the list of choices; with a search field when they are many.
import { Combobox, UnstyledButton, useCombobox } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Picker.module.css";

export interface Choice {
  value: string;
  label: string;
  icon?: ReactNode;
  /** Choices of one group stand together under its name. */
  group?: string;
  /** Beside the label in the list only. */
  note?: ReactNode;
}

export interface PickerHandle {
  /** As if it were clicked, with the field to find a choice by typing. */
  open: () => void;
}

interface Props {
  label: string;
  choices: Choice[];
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  /** What the button shows where the chosen one is not among the choices (someone who has left). */
  fallback?: Choice;
  onOpen?: () => void;
  width?: number;
  ref?: Ref<PickerHandle>;
}

const searchFrom = 8;

export function Picker(props: Props) {
  const { label, choices, value, onChange, disabled, fallback, onOpen, width = 220, ref } = props;
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [byKey, setByKey] = useState(false);
  const searchable = byKey || choices.length > searchFrom;
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      if (byKey) combobox.focusTarget();
      setSearch("");
      setByKey(false);
    },
    onDropdownOpen: () => {
      combobox.selectActiveOption();
      if (searchable) combobox.focusSearchInput();
      onOpen?.();
    },
  });
  const open = () => {
    if (disabled) return;
    setByKey(true);
    combobox.openDropdown();
  };
  useImperativeHandle(ref, () => ({ open }));
  const chosen = choices.find((choice) => choice.value === value) ?? fallback;
  const shown = choices.filter((choice) =>
    choice.label.toLocaleLowerCase().includes(search.toLocaleLowerCase()),
  );
  // Enter takes the first of what was found.
  const first = shown[0]?.value;
  const { selectFirstOption } = combobox;
  useEffect(() => {
    if (search && first) selectFirstOption();
  }, [search, first, selectFirstOption]);
  return (
    <Combobox
      store={combobox}
      width={width}
      position="bottom-start"
      withinPortal
      onOptionSubmit={(picked) => {
        combobox.closeDropdown();
        if (picked !== value) onChange(picked);
      }}
    >
      <Combobox.Target targetType="button">
        <UnstyledButton
          className={classes.button}
          onClick={() => combobox.toggleDropdown()}
          disabled={disabled}
        >
          <span className="k-hidden">{label}:</span>
          {chosen?.icon}
          <span className={classes.text}>{chosen?.label}</span>
          <IconChevronDown size={13} stroke={1.8} className={classes.chevron} aria-hidden="true" />
        </UnstyledButton>
      </Combobox.Target>
      <Combobox.Dropdown>
        {searchable && (
          <Combobox.Search
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            autoFocus={byKey}
            placeholder={t("common:search")}
            aria-label={t("common:search")}
          />
        )}
        <Combobox.Options mah={400} style={{ overflowY: "auto" }} aria-label={label} tabIndex={0}>
          {grouped(shown).map(({ group, choices: together }) => {
            const options = together.map((choice) => (
              <Combobox.Option key={choice.value} value={choice.value} active={choice.value === value}>
                <span className={classes.option}>
                  {choice.icon}
                  <span className={classes.text}>{choice.label}</span>
                  {choice.note && <span className={classes.note}>{choice.note}</span>}
                  {choice.value === value && <IconCheck size={15} stroke={2} aria-hidden="true" />}
                </span>
              </Combobox.Option>
            ));
            if (!group) return options;
            return (
              <Combobox.Group key={group} label={group}>
                {options}
              </Combobox.Group>
            );
          })}
          {shown.length === 0 && <Combobox.Empty>{t("common:noMatch")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Neighbours of one group, under its name. */
function grouped(choices: Choice[]): { group?: string; choices: Choice[] }[] {
  const groups: { group?: string; choices: Choice[] }[] = [];
  for (const choice of choices) {
    const last = groups.at(-1);
    if (last && last.group === choice.group) last.choices.push(choice);
    else groups.push({ group: choice.group, choices: [choice] });
  }
  return groups;
}
