// Beside the list: how the marked one would read on this ticket.
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { macroPreviewQuery } from "@/api/macros";
import { MacroPreview } from "@/kit/macros/MacroPreview";

export function MacroBeside({ id, ticketId }: { id: string; ticketId: string }) {
  const { t } = useTranslation("macros");
  const { data, isError } = useQuery(macroPreviewQuery(id, ticketId));
  if (isError) return <>{t("preview.failed")}</>;
  return data ? (
    <MacroPreview preview={data} lines={10} />
  ) : (
    <Loader size="xs" role="progressbar" aria-label={t("common:loading")} />
  );
}
