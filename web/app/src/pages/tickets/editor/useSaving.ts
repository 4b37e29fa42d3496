// Saving a view, as it is or as a new one, and deleting it with the way back.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import type { Page } from "@/api/types";
import { changeView, createView, deleteView, restoreView, type View, viewsQuery } from "@/api/views";
import { offerUndo } from "@/kit/offerUndo";
import { toastError } from "@/kit/toast";
import { changes, type Draft, given } from "./draft";

export function useSaveView(view: View | null, onSaved: (view: View) => void) {
  const queryClient = useQueryClient();
  const keep = (saved: View) => {
    queryClient.setQueryData<Page<View>>(viewsQuery().queryKey, (known) => known && withView(known, saved));
    onSaved(saved);
  };
  const onSettled = () => {
    for (const read of ["views", "view-counts", "tickets"])
      queryClient.invalidateQueries({ queryKey: accountKey(read) });
  };
  const save = useMutation({
    mutationFn: ({ draft, was, version }: { draft: Draft; was: Draft; version: number }) =>
      changeView(view?.key ?? "", { ...changes(draft, was), version }),
    onSuccess: keep,
    onSettled,
  });
  const saveAs = useMutation({
    mutationFn: (draft: Draft) => createView(given(draft)),
    onSuccess: keep,
    onSettled,
  });
  return { save, saveAs };
}

const withView = (views: Page<View>, view: View): Page<View> => ({
  ...views,
  items: views.items.some(({ key }) => key === view.key)
    ? views.items.map((one) => (one.key === view.key ? view : one))
    : [...views.items, view],
});

export function useDeleteView() {
  const { t } = useTranslation("views");
  const queryClient = useQueryClient();
  const refresh = () => {
    for (const read of ["views", "view-counts"])
      queryClient.invalidateQueries({ queryKey: accountKey(read) });
  };
  return useMutation({
    mutationFn: (view: View) => deleteView(view.key),
    onSuccess: (_, { key, name }) =>
      offerUndo(t("editor.deleted", { name }), () => restoreView(key).then(refresh, toastError)),
    onError: toastError,
    onSettled: refresh,
  });
}
