// How what is being written reads on a ticket, on the newest one unless another is named.
import { NumberInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { get, Problem } from "@/api/http";
import { draftPreviewQuery, type MacroAction } from "@/api/macros";
import type { Page, Ticket } from "@/api/types";
import { MacroPreview } from "@/kit/macros/MacroPreview";
import classes from "./MacroDrawer.module.css";

const typingPause = 300;

export function PreviewPane({ html, actions }: { html: string; actions: MacroAction[] }) {
  const { t } = useTranslation("macros");
  const id = useId();
  const newest = useQuery({
    queryKey: accountKey("tickets", "newest"),
    queryFn: () => get<Page<Ticket>>("/tickets", { query: { limit: 1 } }),
  }).data?.items[0];
  const [chosen, setChosen] = useState<number | null>(null);
  const number = chosen ?? newest?.number ?? null;
  const [shown] = useDebouncedValue({ html, actions, number }, typingPause);
  const preview = useQuery({
    ...draftPreviewQuery(String(shown.number), shown.html, shown.actions),
    enabled: shown.number !== null,
  });
  return (
    <section className={classes.pane} aria-labelledby={id}>
      <div className={classes.paneHead}>
        <h3 id={id}>{t("preview.title")}</h3>
        <NumberInput
          size="xs"
          w={120}
          aria-label={t("preview.on")}
          prefix="#"
          min={1}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          value={number ?? ""}
          onChange={(typed) => setChosen(Number(typed) || null)}
        />
      </div>
      <div aria-live="polite">
        {number === null ? (
          <p className={classes.hint}>{t("preview.needsTicket")}</p>
        ) : preview.error ? (
          <p className={classes.hint}>
            {preview.error instanceof Problem && preview.error.status === 404
              ? t("preview.noTicket", { number })
              : t("preview.failed")}
          </p>
        ) : (
          preview.data && <MacroPreview preview={preview.data} />
        )}
      </div>
    </section>
  );
}
