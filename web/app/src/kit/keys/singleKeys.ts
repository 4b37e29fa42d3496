// Whether keys without Control or Command do something. Who speaks to the computer, or strikes keys by accident, turns
// them off (WCAG 2.1.4).
import { readLocalStorageValue, useLocalStorage } from "@mantine/hooks";

const key = "kanal.singleKeys";

export const singleKeysWork = () => readLocalStorageValue<boolean>({ key, defaultValue: true });

export const useSingleKeys = () =>
  useLocalStorage<boolean>({ key, defaultValue: true, getInitialValueInEffect: false });
