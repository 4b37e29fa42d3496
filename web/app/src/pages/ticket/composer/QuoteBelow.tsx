// What stands below the words: the message that is answered, which may be left out, or the one that is handed on.
import { Checkbox, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/composer";
import { Said } from "../timeline/MessageText";
import classes from "./QuoteBelow.module.css";

interface Props {
  plan: Plan;
  goes: boolean;
  /** Null: it cannot be left out. */
  onGoes: ((goes: boolean) => void) | null;
}

export function QuoteBelow({ plan, goes, onGoes }: Props) {
  const { t } = useTranslation("composer");
  const [open, setOpen] = useState(onGoes === null);
  if (!plan.quote_html && !plan.quote_text) return null;
  return (
    <div className={classes.below}>
      <div className={classes.row}>
        <UnstyledButton className={classes.fold} onClick={() => setOpen(!open)} aria-expanded={open}>
          {t(open ? "quote.hide" : "quote.show")}
        </UnstyledButton>
        {onGoes && (
          <Checkbox
            size="xs"
            checked={goes}
            onChange={(event) => onGoes(event.target.checked)}
            label={t("quote.goes")}
          />
        )}
      </div>
      {open && (
        <div className={classes.quote} data-left-out={!goes || undefined}>
          <Said text={plan.quote_text} html={plan.quote_html || null} attachments={[]} />
        </div>
      )}
    </div>
  );
}
