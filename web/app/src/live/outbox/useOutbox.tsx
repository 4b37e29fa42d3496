// The outbox of the member on the screen: read by whoever shows what waits, emptied while the line is there.
import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from "react";
import { useTranslation } from "react-i18next";
import { accountKey, useMe } from "@/api/desk";
import { draftQuery } from "@/api/timeline";
import { toast } from "@/kit/toast";
import { useLive } from "../LiveProvider";
import { deliver } from "./deliver";
import { type Order, Outbox } from "./outbox";

interface Sending {
  outbox: Outbox;
  /** Tries now. */
  run: () => Promise<void>;
}

const OutboxContext = createContext<Sending | null>(null);
const empty = new Outbox("kanal.outbox.none", { getItem: () => null, setItem: () => undefined });
const none: Sending = { outbox: empty, run: async () => {} };

export const useOutbox = () => useContext(OutboxContext) ?? none;

/** What waits, in one ticket or in all. */
export function useWaiting(ticketId?: string): Order[] {
  const { outbox } = useOutbox();
  const orders = useSyncExternalStore(outbox.watch, outbox.read);
  return useMemo(
    () => (ticketId ? orders.filter(({ ticket }) => ticket.id === ticketId) : orders),
    [orders, ticketId],
  );
}

const firstPause = 4000;
const longestPause = 60_000;

export function OutboxProvider({ slug, children }: { slug: string; children: ReactNode }) {
  const { t } = useTranslation("composer");
  const { member_id } = useMe();
  const { state } = useLive();
  const queryClient = useQueryClient();
  const outbox = useMemo(() => new Outbox(`kanal.outbox.${slug}.${member_id}`), [slug, member_id]);

  const run = useCallback(
    () =>
      outbox.run(
        (order) => deliver(outbox, order, member_id),
        (order) => {
          toast(t("outbox.left", { number: order.ticket.number }));
          queryClient.setQueryData(draftQuery(order.ticket.id).queryKey, null);
          for (const read of ["timeline", "tickets", "ticket"])
            queryClient.invalidateQueries({ queryKey: accountKey(read) });
        },
      ),
    [outbox, member_id, queryClient, t],
  );

  useEffect(() => {
    if (state === "live") run();
  }, [state, run]);

  useEffect(() => {
    let pause = firstPause;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => {
      timer = setTimeout(async () => {
        if (navigator.onLine !== false) await run();
        pause = outbox.read().some((order) => order.state === "waiting")
          ? Math.min(longestPause, pause * 2)
          : firstPause;
        again();
      }, pause);
    };
    const onStorage = (event: StorageEvent) => event.key === outbox.name && outbox.reload();
    const onLine = () => void run();
    again();
    window.addEventListener("storage", onStorage);
    window.addEventListener("online", onLine);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("storage", onStorage);
      window.removeEventListener("online", onLine);
    };
  }, [outbox, run]);

  const sending = useMemo(() => ({ outbox, run }), [outbox, run]);
  return <OutboxContext value={sending}>{children}</OutboxContext>;
}
