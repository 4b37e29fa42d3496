// What the command palette asks next: to whom, to which status and priority, until when.
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import { peopleQuery } from "@/api/people";
import type { TicketDetail } from "@/api/types";
import type { Choice } from "@/kit/keys";
import { priorities, useStatusName } from "@/kit/status";
import { dateLocale, messageTime } from "@/kit/time";
import { untils } from "./SnoozeDialog";
import type { Work } from "./useWork";

export function useKeyChoices(ticket: TicketDetail, work: Work) {
  const { t, i18n } = useTranslation(["work", "common"]);
  const queryClient = useQueryClient();
  const statusName = useStatusName();
  return {
    assign: async (): Promise<Choice[]> => {
      const people = (await queryClient.ensureQueryData(peopleQuery())).items.filter(
        (member) => member.active && member.has_seat && member.joined_at !== null,
      );
      const give = (id: string | null, name: string) => () =>
        work.change({ assignee: id }, id ? t("done.assigned", { name }) : t("done.unassigned"));
      return [
        ...people.map(({ id, name }) => ({ id, label: name, run: give(id, name) })),
        { id: "nobody", label: t("common:nobody"), run: give(null, "") },
      ];
    },
    status: async (): Promise<Choice[]> => {
      const { items } = await queryClient.ensureQueryData(pipelinesQuery());
      const own = items.find(({ id }) => id === ticket.pipeline.id)?.statuses ?? [];
      return own.map((status) => ({
        id: status.id,
        label: statusName(status),
        run: () => work.change({ status: status.id }, t("done.status", { name: statusName(status) })),
      }));
    },
    priority: (): Choice[] =>
      priorities.map((priority) => {
        const name = t(`common:priority.${priority}`);
        return {
          id: priority,
          label: name,
          run: () => work.change({ priority }, t("done.priority", { name })),
        };
      }),
    snooze: (): Choice[] =>
      untils(new Date()).map(({ name, at }) => {
        const until = messageTime(at.toISOString(), new Date(), dateLocale(i18n.language));
        return {
          id: name,
          label: `${t(`snooze.${name}`)}, ${until}`,
          run: () => work.snooze(at.toISOString(), t("done.snoozed", { until })),
        };
      }),
  };
}
