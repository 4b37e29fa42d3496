// A field that finds another ticket, by its number, subject or contact; the arrows choose and Enter takes.
import { Combobox, Loader, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Found, foundQuery } from "@/api/ticketWork";
import { StatusDot } from "@/kit/StatusBadge";
import classes from "./TicketFinder.module.css";

interface Props {
  label: string;
  /** What is offered before anything is typed. */
  suggested: Found[];
  /** Never among what is found. */
  not: string;
  onPick: (found: Found) => void;
}

const askAfter = 200;

export function TicketFinder({ label, suggested, not, onPick }: Props) {
  const { t } = useTranslation("work");
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed.trim(), askAfter);
  const query = useQuery(foundQuery(asked));
  const combobox = useCombobox({ opened: true });
  const found = (asked ? (query.data ?? []) : suggested).filter(({ id }) => id !== not);
  const first = found[0]?.id;
  const { selectFirstOption, resetSelectedOption } = combobox;
  useEffect(() => {
    if (first) selectFirstOption();
    else resetSelectedOption();
  }, [first, selectFirstOption, resetSelectedOption]);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const picked = found.find((one) => one.id === id);
        if (picked) onPick(picked);
      }}
    >
      <Combobox.EventsTarget>
        <TextInput
          label={label}
          placeholder={t("finder.placeholder")}
          leftSection={<IconSearch size={16} stroke={1.7} />}
          rightSection={query.isFetching ? <Loader size={14} /> : undefined}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
      </Combobox.EventsTarget>
      <Combobox.Options className={classes.found} aria-label={label}>
        {found.map((one) => (
          <Combobox.Option key={one.id} value={one.id} className={classes.option}>
            <StatusDot status={one.status} />
            <span className={classes.subject}>{one.subject || t("ticket:noSubject")}</span>
            <span className={classes.dim}>{one.contact?.name || one.contact?.email}</span>
            <span className={classes.dim}>#{one.number}</span>
          </Combobox.Option>
        ))}
        {found.length === 0 && (
          <Combobox.Empty>
            {asked ? (query.isFetching ? t("finder.looking") : t("finder.none")) : t("finder.type")}
          </Combobox.Empty>
        )}
      </Combobox.Options>
    </Combobox>
  );
}
