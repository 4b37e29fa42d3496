// How far a reply has come, why if it stands still, and what one can do about it.
import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconHelpCircle,
  IconMailOff,
  IconSend,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { confirmDelivery, retryDelivery } from "@/api/timeline";
import type { Delivery, DeliveryState, MessageItem, TicketDetail } from "@/api/types";
import { reasonText } from "@/kit/reason";
import { Time } from "@/kit/Time";
import { toastError } from "@/kit/toast";
import { useUndoReply } from "../composer/useUndoReply";
import classes from "./DeliveryLine.module.css";

const Scheduled = lazy(() => import("./Scheduled").then((module) => ({ default: module.Scheduled })));

const icons: Record<DeliveryState, typeof IconCheck> = {
  queued: IconClock,
  sending: IconSend,
  sent: IconCheck,
  failed: IconAlertTriangle,
  unknown: IconHelpCircle,
  bounced: IconMailOff,
};

interface Props {
  message: MessageItem;
  delivery: Delivery;
  ticket: TicketDetail;
}

export function DeliveryLine({ message, delivery, ticket }: Props) {
  const { t, i18n } = useTranslation("ticket");
  const Icon = icons[delivery.state];
  const reason = delivery.reason && reasonText(delivery.reason, i18n);
  const words = delivery.held ? "held" : isScheduled(delivery) ? "scheduled" : delivery.state;
  return (
    <div className={classes.line} data-state={delivery.state} data-held={delivery.held || undefined}>
      <span className={classes.what}>
        <Icon size={15} stroke={1.8} className={classes.icon} aria-hidden="true" />
        <span>
          {t(`delivery.${words}`)}
          {words === "scheduled" && delivery.send_at && (
            <>
              {" "}
              <Time at={delivery.send_at} as="clock" />
            </>
          )}
          {delivery.state === "sent" && (
            <>
              {" "}
              <Time at={delivery.at} as="clock" />
            </>
          )}
          {reason && !delivery.held && <span className={classes.reason}> {reason}</span>}
        </span>
      </span>
      <Actions message={message} delivery={delivery} ticket={ticket} />
    </div>
  );
}

function Actions({ message, delivery, ticket }: Props) {
  const { t } = useTranslation("ticket");
  const queryClient = useQueryClient();
  const refresh = () => {
    for (const read of ["timeline", "tickets", "ticket"])
      queryClient.invalidateQueries({ queryKey: accountKey(read) });
  };
  const retry = useMutation({
    mutationFn: () => retryDelivery(delivery.id),
    onError: toastError,
    onSettled: refresh,
  });
  const confirm = useMutation({
    mutationFn: () => confirmDelivery(delivery.id),
    onError: toastError,
    onSettled: refresh,
  });
  const undo = useUndoReply();
  if (!delivery.can_retry && !delivery.can_confirm && !delivery.can_cancel) return null;
  const movable = delivery.can_cancel && (delivery.held || isScheduled(delivery));
  return (
    <span className={classes.actions}>
      {movable && (
        <Suspense>
          <Scheduled message={message} delivery={delivery} />
        </Suspense>
      )}
      {delivery.can_retry && !movable && (
        <Button size="compact-xs" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
          {t(delivery.state === "unknown" ? "delivery.sendAgain" : "delivery.retry")}
        </Button>
      )}
      {delivery.can_confirm && (
        <Button
          size="compact-xs"
          variant="default"
          loading={confirm.isPending}
          onClick={() => confirm.mutate()}
        >
          {t("delivery.confirm")}
        </Button>
      )}
      {delivery.can_cancel && (
        <Button
          size="compact-xs"
          variant="subtle"
          loading={undo.isPending}
          onClick={() => undo.mutate({ messageId: message.id, ticketId: ticket.id })}
        >
          {t("delivery.cancel")}
        </Button>
      )}
    </span>
  );
}

const isScheduled = ({ state, send_at }: Delivery) => state === "queued" && send_at !== null;
