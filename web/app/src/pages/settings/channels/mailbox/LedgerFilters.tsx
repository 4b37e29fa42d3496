// Narrows the list to one fate or one folder.
import { UnstyledButton } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Ledger, LedgerFilter } from "@/api/ledger";
import classes from "./Mailbox.module.css";
import { filters } from "./states";

interface Props {
  ledger: Ledger;
  state: string;
  folder?: string;
  onChange: (filter: LedgerFilter) => void;
}

export function LedgerFilters({ ledger, state, folder, onChange }: Props) {
  const { t, i18n } = useTranslation("mailbox");
  const left = ledger.on_server - ledger.explained;
  return (
    <div className={classes.filters}>
      <fieldset className={classes.chips} aria-label={t("filter")}>
        {filters.map((one) => (
          <UnstyledButton
            key={one}
            className={classes.chip}
            data-on={one === state || undefined}
            aria-pressed={one === state}
            onClick={() => onChange({ state: one, folder })}
          >
            {t(`state.${one}`)}
            {one === "unexplained" && left > 0 && <b>{new Intl.NumberFormat(i18n.language).format(left)}</b>}
          </UnstyledButton>
        ))}
      </fieldset>
      {folder && (
        <UnstyledButton className={classes.chip} data-on onClick={() => onChange({ state })}>
          {folder}
          <IconX size={13} stroke={2} aria-hidden="true" />
          <span className="k-hidden">{t("onlyFolder", { name: folder })}</span>
        </UnstyledButton>
      )}
    </div>
  );
}
