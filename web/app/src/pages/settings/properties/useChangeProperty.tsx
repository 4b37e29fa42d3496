// Archiving with a way back, restoring, and putting in order.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { archiveProperty, changeProperty, type Property } from "@/api/properties";
import { offerUndo } from "@/kit/offerUndo";
import { toastError } from "@/kit/toast";

export function useChangeProperty() {
  const { t } = useTranslation("properties");
  const queryClient = useQueryClient();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: accountKey("properties") });
  const restore = useMutation({
    mutationFn: (id: string) => changeProperty(id, { archived: false }),
    onError: toastError,
    onSettled,
  });
  const archive = useMutation({
    mutationFn: (property: Property) => archiveProperty(property.id ?? ""),
    onSuccess: ({ kept }, { id, label }) => {
      const text =
        kept > 0 ? t("archivedKept", { name: label, count: kept }) : t("archivedToast", { name: label });
      offerUndo(text, () => {
        if (id) restore.mutate(id);
      });
    },
    onError: toastError,
    onSettled,
  });
  const place = useMutation({
    mutationFn: ({ id, position }: { id: string; position: number }) => changeProperty(id, { position }),
    onError: toastError,
    onSettled,
  });
  return { archive, restore, place };
}
