// Mail from before the connecting: from which day it is taken in, how far that is, and the end of it.
import { Button, Group, Progress, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ledgerSumQuery } from "@/api/ledger";
import type { Channel } from "@/api/types";
import { dateLocale } from "@/kit/time";
import { toastError } from "@/kit/toast";
import { FaultAlert } from "../../../../ui/FaultAlert";
import { fieldErrors } from "../../../../ui/fieldErrors";
import { Section } from "../../../../ui/Section";
import { useChangeChannel } from "../../../useChangeChannel";
import { dayBefore, today } from "../fetching/days";
import classes from "../fetching/Fetching.module.css";
import { emailSettings } from "../settings";

export function HistorySection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("email");
  const from = emailSettings(channel).imap?.history_from ?? null;
  return (
    <Section title={t("history.title")} text={t("history.means")}>
      {from ? <Running channel={channel} from={from} /> : <Begin channel={channel} />}
    </Section>
  );
}

function Running({ channel, from }: { channel: Channel; from: string }) {
  const { t, i18n } = useTranslation("email");
  const change = useChangeChannel(channel.id);
  const { history } = useQuery(ledgerSumQuery(channel.id)).data ?? {};
  const locale = dateLocale(i18n.language);
  const number = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(`${from}T12:00`));
  const over = history && history.done >= history.total;
  const stop = () => change.mutate({ settings: { imap: { history_from: null } } }, { onError: toastError });
  return (
    <>
      <p role="status" style={{ margin: 0 }}>
        {history
          ? t(over ? "history.over" : "history.running", {
              day,
              done: number.format(history.done),
              total: number.format(history.total),
            })
          : t("history.begins", { day })}
      </p>
      {history && history.total > 0 && (
        <Progress
          className={classes.progress}
          value={(100 * history.done) / history.total}
          aria-label={t("history.progress")}
        />
      )}
      <div>
        <Button variant="default" loading={change.isPending} onClick={stop}>
          {t(over ? "history.close" : "history.stop")}
        </Button>
      </div>
    </>
  );
}

function Begin({ channel }: { channel: Channel }) {
  const { t } = useTranslation("email");
  const change = useChangeChannel(channel.id);
  const [since, setSince] = useState(() => dayBefore(90));
  const errors = fieldErrors(change.error, ["history_from"], t);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (since) change.mutate({ settings: { imap: { history_from: since } } });
      }}
    >
      <FaultAlert text={errors.above} />
      <Group align="flex-end" gap="xs">
        <TextInput
          type="date"
          label={t("history.since")}
          max={today()}
          w={200}
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
          error={errors.at.history_from}
        />
        <Button type="submit" variant="default" loading={change.isPending} disabled={!since}>
          {t("history.begin")}
        </Button>
      </Group>
    </form>
  );
}
