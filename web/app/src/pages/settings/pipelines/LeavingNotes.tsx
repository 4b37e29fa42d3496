// What will go when the pipeline is saved, and where its tickets will be; each can be kept after all.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Note } from "@/kit/Note";
import type { Draft } from "./draft";
import classes from "./PipelinesPage.module.css";

export function LeavingNotes({ draft, onKeep }: { draft: Draft; onKeep: (id: string) => void }) {
  const { t } = useTranslation("pipelines");
  return draft.leaving.map(({ status, to }) => {
    const target = draft.statuses.find((one) => one.id === to)?.name;
    return (
      <div key={status.id} className={classes.leaving}>
        <Note tone="warn">
          <span>
            {target
              ? t("remove.pending", { count: status.tickets, from: status.name, to: target })
              : t("remove.gone", { from: status.name })}
          </span>{" "}
          <Button variant="subtle" size="compact-xs" onClick={() => onKeep(status.id)}>
            {t("remove.keep", { name: status.name })}
          </Button>
        </Note>
      </div>
    );
  });
}
