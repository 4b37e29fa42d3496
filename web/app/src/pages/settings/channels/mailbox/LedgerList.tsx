// The messages on the server, one a row: what became of it, where it lies, and another try where that may help.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { accountKey, useMe } from "@/api/desk";
import { type LedgerItem, replayEntry } from "@/api/ledger";
import { bytes } from "@/kit/bytes";
import { Time } from "@/kit/Time";
import { toast, toastError } from "@/kit/toast";
import { AgainButton, SourceLink } from "../../ui/RawTools";
import { inWords } from "../../ui/serverWords";
import classes from "./Mailbox.module.css";
import { toneOf } from "./states";

interface Props {
  channelId: string;
  items: LedgerItem[];
}

export function LedgerList({ channelId, items }: Props) {
  const { t } = useTranslation("mailbox");
  return (
    <table className={classes.list}>
      <thead>
        <tr>
          <th scope="col">{t("column.fate")}</th>
          <th scope="col">{t("column.folder")}</th>
          <th scope="col" className={classes.number}>
            {t("column.size")}
          </th>
          <th scope="col" className={classes.number}>
            {t("column.at")}
          </th>
          <th scope="col">
            <span className="k-hidden">{t("column.tools")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <Row key={`${item.key} ${item.folder}`} channelId={channelId} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ channelId, item }: { channelId: string; item: LedgerItem }) {
  const { t, i18n } = useTranslation(["mailbox", "settings"]);
  const { slug } = useParams({ from: "/a/$slug" });
  const { state, reason, ticket, folder, key, size, at } = item;
  return (
    <tr className={classes.row}>
      <td className={classes.fate}>
        <span className={classes.tag} data-tone={toneOf(state)}>
          {t(`fate.${state}`, { defaultValue: state })}
        </span>
        {ticket && (
          <Link
            to="/a/$slug/tickets/$number"
            params={{ slug, number: String(ticket.number) }}
            className={classes.ticket}
          >
            #{ticket.number}
          </Link>
        )}
        {reason && <span className={classes.reason}>{inWords(reason, t)}</span>}
      </td>
      <td className={classes.where} title={key}>
        {folder}
      </td>
      <td className={classes.number}>{bytes(size, i18n.language)}</td>
      <td className={classes.number}>{at && <Time at={at} as="clock" />}</td>
      <td className={classes.tools}>
        <Tools channelId={channelId} item={item} />
      </td>
    </tr>
  );
}

function Tools({ channelId, item }: { channelId: string; item: LedgerItem }) {
  const { t } = useTranslation("mailbox");
  const { can } = useMe();
  const queryClient = useQueryClient();
  const replay = useMutation({
    mutationFn: () => replayEntry(channelId, item),
    onSuccess: () => toast(t(item.raw_event_id ? "replayed" : "fetchedAgain")),
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKey("ledger", channelId) }),
  });
  const again = t(item.raw_event_id ? "replay" : "fetchAgain");
  return (
    <>
      {item.can_replay && (
        <AgainButton label={again} busy={replay.isPending} onClick={() => replay.mutate()} />
      )}
      {item.raw_event_id && can.see_raw && <SourceLink rawEventId={item.raw_event_id} />}
    </>
  );
}
