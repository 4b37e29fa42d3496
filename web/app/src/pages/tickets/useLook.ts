// How this member looks at a view: layout, order, columns. Kept by the server, shown at once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import type { Page } from "@/api/types";
import { changeView, type Look, setOwnLook, type View, viewsQuery } from "@/api/views";
import { toast, toastError } from "@/kit/toast";

export type LookChange = { [part in keyof Look]?: Look[part] | null };

export function useLook(view: Pick<View, "key">) {
  const queryClient = useQueryClient();
  const key = viewsQuery().queryKey;
  return useMutation({
    mutationFn: (look: LookChange) => setOwnLook(view.key, look),
    onMutate: (look) => {
      const before = queryClient.getQueryData<Page<View>>(key);
      queryClient.setQueryData<Page<View>>(key, (known) => known && withLook(known, view.key, look));
      return before;
    },
    onError: (error, _, before) => {
      queryClient.setQueryData(key, before);
      toastError(error);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKey("views") }),
  }).mutate;
}

/** Makes how this member looks at a view how it is shown to everyone who has it. */
export function useKeepLook({ key, columns, sort, layout, version }: View) {
  const { t } = useTranslation("views");
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: async () => {
      await changeView(key, { columns, sort, layout, version });
      await setOwnLook(key, { columns: null, sort: null, layout: null });
    },
    onSuccess: () => toast(t("lookKept")),
    onError: toastError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountKey("views") }),
  });
  return () => mutate();
}

function withLook(views: Page<View>, key: string, look: LookChange): Page<View> {
  const chosen = Object.fromEntries(Object.entries(look).filter(([, value]) => value !== null));
  return { ...views, items: views.items.map((one) => (one.key === key ? { ...one, ...chosen } : one)) };
}
