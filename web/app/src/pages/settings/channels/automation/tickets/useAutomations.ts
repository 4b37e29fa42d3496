// Changing the rules of a channel: shown at once, and as the server has them after that.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type Automation,
  type AutomationDraft,
  automationsQuery,
  changeAutomation,
  createAutomation,
  deleteAutomation,
  orderAutomations,
  undeleteAutomation,
} from "@/api/automations";
import type { Page } from "@/api/types";
import { toastError } from "@/kit/toast";

export function useAutomations(channelId: string) {
  const queryClient = useQueryClient();
  const { queryKey } = automationsQuery(channelId);
  const show = (how: (rules: Automation[]) => Automation[]) =>
    queryClient.setQueryData<Page<Automation>>(
      queryKey,
      (known) => known && { ...known, items: how(known.items) },
    );
  const settled = {
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  };
  const change = useMutation({
    mutationFn: ({ id, change }: { id: string; change: Partial<AutomationDraft> }) =>
      changeAutomation(id, change),
    onMutate: ({ id, change }) =>
      show((rules) => rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule))),
    ...settled,
  });
  const order = useMutation({
    mutationFn: (rules: Automation[]) =>
      orderAutomations(
        channelId,
        rules.map(({ id }) => id),
      ),
    onMutate: (rules) => show(() => rules),
    ...settled,
  });
  const remove = useMutation({
    mutationFn: ({ id }: Automation) => deleteAutomation(id),
    onMutate: ({ id }) => show((rules) => rules.filter((rule) => rule.id !== id)),
    ...settled,
  });
  const putBack = useMutation({ mutationFn: (id: string) => undeleteAutomation(id), ...settled });
  return { change, order, remove, putBack };
}

/** Keeps a whole rule, new or changed; what is wrong is shown where it was typed. */
export function useSaveRule(channelId: string, rule: Automation | null) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (draft: AutomationDraft) =>
      rule ? changeAutomation(rule.id, draft) : createAutomation(channelId, draft),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: automationsQuery(channelId).queryKey }),
  });
}
