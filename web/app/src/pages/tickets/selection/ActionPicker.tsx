// A button that opens the choices of one action, with a field to find one by typing; it can be opened by key.
import { Button, Combobox, useCombobox } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./BulkActions.module.css";

export interface Choice {
  value: string;
  label: string;
  icon?: ReactNode;
  group?: string;
}

interface Props {
  label: string;
  icon: Icon;
  choices: Choice[];
  opened: boolean;
  onOpened: (opened: boolean) => void;
  onPick: (value: string) => void;
  /** What was typed, as a choice of its own. */
  make?: (typed: string) => Choice | null;
  onSearch?: (typed: string) => void;
  disabled?: boolean;
  loading?: boolean;
}

export function ActionPicker(props: Props) {
  const { label, icon: Icon, choices, opened, onOpened, onPick, make, onSearch, disabled, loading } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const search = (text: string) => {
    setTyped(text);
    onSearch?.(text);
  };
  const combobox = useCombobox({
    opened,
    onOpenedChange: onOpened,
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      search("");
    },
  });
  const wanted = typed.trim().toLocaleLowerCase();
  const found = fitting(choices, wanted);
  const made = typed.trim() ? (make?.(typed.trim()) ?? null) : null;
  const shown = made && !found.some(({ value }) => value === made.value) ? [...found, made] : found;
  // Enter takes the first that fits what was typed.
  const first = shown[0]?.value;
  const { selectFirstOption } = combobox;
  // biome-ignore lint/correctness/useExhaustiveDependencies: other choices are the reason
  useEffect(() => {
    if (opened && typed) selectFirstOption();
  }, [opened, typed, first]);
  // Also where it is opened by key before it was ever drawn.
  const { searchRef } = combobox;
  useEffect(() => {
    if (!opened) return;
    let frame = 0;
    const focus = () => {
      if (searchRef.current) searchRef.current.focus();
      else frame = requestAnimationFrame(focus);
    };
    focus();
    return () => cancelAnimationFrame(frame);
  }, [opened, searchRef]);
  const option = (choice: Choice) => (
    <Combobox.Option key={choice.value} value={choice.value}>
      <span className={classes.option}>
        {choice.icon}
        <span className={classes.optionText}>{choice.label}</span>
      </span>
    </Combobox.Option>
  );
  const groups = [...new Set(shown.map(({ group }) => group))];
  return (
    <Combobox
      store={combobox}
      width={260}
      position="bottom-start"
      withinPortal
      onOptionSubmit={(value) => {
        combobox.closeDropdown();
        onPick(value);
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          className={classes.action}
          leftSection={<Icon size={16} stroke={1.7} aria-hidden="true" />}
          aria-haspopup="listbox"
          aria-expanded={opened}
          disabled={disabled}
          loading={loading}
          onClick={() => combobox.toggleDropdown()}
        >
          {label}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={typed}
          onChange={(event) => search(event.currentTarget.value)}
          placeholder={t("common:search")}
          aria-label={label}
        />
        <Combobox.Options mah={320} style={{ overflowY: "auto" }} aria-label={label}>
          {groups.map((group) => {
            const together = shown.filter((choice) => choice.group === group).map(option);
            return group ? (
              <Combobox.Group key={group} label={group}>
                {together}
              </Combobox.Group>
            ) : (
              together
            );
          })}
          {shown.length === 0 && <Combobox.Empty>{t("common:noMatch")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** Those in which a word begins so stand first: "bo" is Bo before it is nobody. */
export function fitting(choices: Choice[], wanted: string): Choice[] {
  const found = choices.filter(({ label }) => label.toLocaleLowerCase().includes(wanted));
  const begins = ({ label }: Choice) =>
    label
      .toLocaleLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(wanted));
  return [...found.filter(begins), ...found.filter((choice) => !begins(choice))];
}
