// Everything that can be done or gone to, found by a few letters; what asks on, asks in the same place.
import { Combobox, Loader, Modal, TextInput, useCombobox } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconChevronRight, IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Caps, type Choice } from "@/kit/keys";
import { toastError } from "@/kit/toast";
import { stopHearing, useTyped } from "./early";
import { type Entry, fitting, grouped } from "./entries";
import classes from "./Palette.module.css";
import { useEntries } from "./useEntries";

interface Asking {
  of: Entry;
  choices: Entry[];
}

export function Palette({ slug, onClose }: { slug: string; onClose: () => void }) {
  const { t } = useTranslation("keys");
  const [typed, setTyped] = useTyped(() => first && choose(first));
  const [asking, setAsking] = useState<Asking | null>(null);
  const [recent, remember] = useRecent(slug);
  const { entries, busy } = useEntries(slug, asking ? "" : typed);
  const shown = fitting(asking ? asking.choices : entries, typed, recent);
  const groups = asking ? ([["here", shown]] as const) : grouped(shown);
  const first = groups[0]?.[1][0]?.id;
  const combobox = useCombobox({ opened: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list, and its first line is the one that is meant
  useEffect(() => {
    combobox.selectFirstOption();
  }, [typed, asking, first]);

  const ask = async (of: Entry) => {
    try {
      const choices = (await of.choices?.()) ?? [];
      setAsking({ of, choices: choices.map(asEntry) });
      setTyped("");
    } catch (error) {
      toastError(error as Error);
    }
  };
  const onFocus = () => {
    stopHearing();
    // The dialog draws its lines later than this component.
    combobox.selectFirstOption();
  };
  const choose = (id: string) => {
    const chosen = shown.find((entry) => entry.id === id);
    if (!chosen) return;
    if (!asking) remember(chosen.id);
    if (chosen.choices) return ask(chosen);
    onClose();
    // Once the page has its focus back.
    setTimeout(() => chosen.run?.());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const escapes = event.key === "Escape";
    if (!escapes && !(asking && event.key === "Backspace" && !typed)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!asking) return onClose();
    setAsking(null);
    setTyped("");
  };
  return (
    <Modal.Root
      opened
      onClose={onClose}
      closeOnEscape={false}
      padding={0}
      size={640}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t("palette.title")}>
        <Combobox store={combobox} onOptionSubmit={choose} withinPortal={false}>
          <Combobox.EventsTarget withExpandedAttribute>
            <TextInput
              data-autofocus
              size="md"
              variant="unstyled"
              className={classes.field}
              autoComplete="off"
              spellCheck={false}
              aria-label={asking ? asking.of.label : t("palette.title")}
              placeholder={asking ? asking.of.label : t("palette.placeholder")}
              leftSection={
                busy ? (
                  <Loader size={16} role="progressbar" aria-label={t("common:loading")} />
                ) : (
                  <IconSearch size={18} stroke={1.7} aria-hidden="true" />
                )
              }
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              onFocus={onFocus}
              onKeyDownCapture={onKeyDown}
            />
          </Combobox.EventsTarget>
          <Combobox.Options className={classes.options} tabIndex={0} aria-label={t("palette.title")}>
            {groups.map(([group, lines]) => (
              <Combobox.Group key={group} label={asking ? asking.of.label : t(`palette.group.${group}`)}>
                {lines.map((entry) => (
                  <Combobox.Option key={entry.id} value={entry.id} className={classes.option}>
                    <Line entry={entry} />
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
            {shown.length === 0 && <Combobox.Empty>{t("palette.none")}</Combobox.Empty>}
          </Combobox.Options>
        </Combobox>
      </Modal.Content>
    </Modal.Root>
  );
}

function Line({ entry }: { entry: Entry }) {
  const Icon = entry.icon;
  return (
    <>
      <span className={classes.icon}>{Icon && <Icon size={16} stroke={1.7} aria-hidden="true" />}</span>
      <span className={classes.label}>{entry.label}</span>
      {entry.detail && <span className={classes.detail}>{entry.detail}</span>}
      <span className={classes.keys}>
        {entry.keys && <Caps keys={entry.keys} />}
        {entry.choices && <IconChevronRight size={15} stroke={1.7} aria-hidden="true" />}
      </span>
    </>
  );
}

const asEntry = (choice: Choice): Entry => ({ ...choice, group: "here" });

const kept = 12;

function useRecent(slug: string): [string[], (id: string) => void] {
  const [recent, set] = useLocalStorage<string[]>({
    key: `kanal.palette.${slug}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  return [recent, (id) => set((before) => [id, ...before.filter((other) => other !== id)].slice(0, kept))];
}
