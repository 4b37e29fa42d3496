// What of a query made no sense, and what to write instead.
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { Hint } from "@/api/search";
import { Note } from "@/kit/Note";

export function Hints({ hints, q, onChange }: { hints: Hint[]; q: string; onChange: (q: string) => void }) {
  const { t } = useTranslation("search");
  // What is still being typed makes no sense yet.
  const [rested] = useDebouncedValue(q, 1_200);
  return hints
    .filter(({ term }) => rested === q || !q.endsWith(term))
    .map((hint) => (
      <Note key={hint.term + hint.problem} tone="warn">
        {t(`hint.${hint.problem}`, { term: hint.term })}
        {hint.suggestion && q.includes(hint.term) && (
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => onChange(q.replace(hint.term, hint.suggestion ?? ""))}
          >
            {t("write", { text: hint.suggestion })}
          </Button>
        )}
      </Note>
    ));
}
