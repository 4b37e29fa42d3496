// "4,812 on the server, 4,812 explained": the sum as one line that is filled as far as it is explained, with the folders
// as its parts.
import { UnstyledButton } from "@mantine/core";
import { IconCircleCheckFilled, IconProgress } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Ledger } from "@/api/ledger";
import type { Channel } from "@/api/types";
import { Time } from "@/kit/Time";
import classes from "./Mailbox.module.css";
import { partsOf } from "./parts";

interface Props {
  channel: Channel;
  ledger: Ledger;
  folder?: string;
  onFolder: (folder: string | undefined) => void;
}

export function Balance({ channel, ledger, folder, onFolder }: Props) {
  const { t, i18n } = useTranslation("mailbox");
  const number = (count: number) => new Intl.NumberFormat(i18n.language).format(count);
  const { on_server, explained, swept_at, history } = ledger;
  const even = swept_at !== null && on_server === explained;
  return (
    <section className={classes.balance} data-even={even || undefined} aria-label={t("balance.title")}>
      <p className={classes.sum} role="status">
        {even ? (
          <IconCircleCheckFilled size={22} aria-hidden="true" />
        ) : (
          <IconProgress size={22} stroke={1.8} aria-hidden="true" />
        )}
        {swept_at || on_server > 0
          ? t("balance.sum", { on_server: number(on_server), explained: number(explained) })
          : t("balance.first")}
      </p>
      <div className={classes.line}>
        {partsOf(ledger.folders).map((part) => (
          <UnstyledButton
            key={part.folder}
            className={classes.part}
            style={{ flexGrow: part.share }}
            data-on={part.folder === folder || undefined}
            aria-pressed={part.folder === folder}
            aria-label={t("balance.folder", {
              name: part.folder,
              on_server: number(part.on_server),
              explained: number(part.explained),
            })}
            title={part.folder}
            onClick={() => onFolder(part.folder === folder ? undefined : part.folder)}
          >
            <span className={classes.bar}>
              <i style={{ width: `${part.filled}%` }} />
            </span>
            <span className={classes.folder}>
              <b>{part.folder}</b>
              <span>{number(part.on_server)}</span>
              {part.explained < part.on_server && (
                <em>{t("balance.left", { number: number(part.on_server - part.explained) })}</em>
              )}
            </span>
          </UnstyledButton>
        ))}
      </div>
      <p className={classes.swept}>
        {swept_at ? (
          <>
            {t("balance.swept")} <Time at={swept_at} />
          </>
        ) : (
          t(channel.authorized ? "balance.notSwept" : "balance.cannotSweep")
        )}
        {history && history.done < history.total && (
          <span>{t("balance.history", { done: number(history.done), total: number(history.total) })}</span>
        )}
      </p>
    </section>
  );
}
