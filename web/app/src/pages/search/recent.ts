// What was looked for lately, in this browser and account.
import { useLocalStorage } from "@mantine/hooks";

const most = 8;

export function useRecent(slug: string) {
  const [recent, set] = useLocalStorage<string[]>({
    key: `kanal.searches.${slug}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const add = (q: string) => {
    const text = q.trim();
    if (text) set((before) => [text, ...before.filter((other) => other !== text)].slice(0, most));
  };
  return { recent, add, clear: () => set([]) };
}
