// The field, with what may come next in a list below it.
import { CloseButton, Combobox, Loader, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type Ref, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { completionsQuery } from "@/api/search";
import classes from "./SearchField.module.css";
import { completed } from "./terms";
import { useOperatorWords } from "./useOperatorWords";

interface Props {
  ref: Ref<HTMLInputElement>;
  value: string;
  onChange: (q: string) => void;
  /** On to what was found. */
  onDown: () => void;
  busy: boolean;
}

export function SearchField({ ref, value, onChange, onDown, busy }: Props) {
  const { t } = useTranslation("search");
  const words = useOperatorWords();
  const [settled] = useDebouncedValue(value, 100);
  const known = useQuery({ ...completionsQuery(settled), placeholderData: keepPreviousData });
  const items = value.trim() ? (known.data?.items ?? []) : [];
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const open = combobox.dropdownOpened && items.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another word, and none of its completions is chosen
  useEffect(() => combobox.resetSelectedOption(), [settled]);

  const change = (text: string) => {
    onChange(text);
    combobox.openDropdown();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = open && combobox.getSelectedOptionIndex() >= 0;
    if (event.key === "Tab" && open && !event.shiftKey) {
      event.preventDefault();
      combobox.selectOption(Math.max(0, combobox.getSelectedOptionIndex()));
      combobox.clickSelectedOption();
    } else if ((event.key === "ArrowDown" && !open) || (event.key === "Enter" && !chosen)) {
      event.preventDefault();
      combobox.closeDropdown();
      onDown();
    } else if (event.key === "Escape" && !open && value) {
      event.preventDefault();
      onChange("");
    }
  };
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={360}
      onOptionSubmit={(text) => change(completed(value, text))}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          ref={ref}
          size="md"
          radius="md"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          aria-label={t("label")}
          placeholder={t("placeholder")}
          leftSection={
            busy ? (
              <Loader size={16} role="progressbar" aria-label={t("busy")} />
            ) : (
              <IconSearch size={18} stroke={1.7} aria-hidden="true" />
            )
          }
          rightSection={value && <CloseButton aria-label={t("clear")} onClick={() => onChange("")} />}
          value={value}
          onChange={(event) => change(event.currentTarget.value)}
          onKeyDownCapture={onKeyDown}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!open}>
        <Combobox.Options aria-label={t("completions")}>
          {items.map((item) => (
            <Combobox.Option key={item.text} value={item.text}>
              <span className={classes.option}>
                <span>{item.label}</span>
                <span className={classes.what}>
                  {item.kind === "operator" ? words(item.label) : item.text}
                </span>
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
