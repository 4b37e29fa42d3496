// Every version of the form: who and when, how it looked, and the way back to it.
import { Badge, Button, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type FormVersion,
  formQuery,
  formsQuery,
  restoreVersion,
  versionQuery,
  versionsQuery,
} from "@/api/forms";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { Time } from "@/kit/Time";
import { toast, toastError } from "@/kit/toast";
import { PageLoading } from "@/shell/PageLoading";
import builder from "../Builder.module.css";
import { useBuilding } from "../context";
import { PreviewPane } from "../preview/PreviewPane";
import classes from "./History.module.css";

export function HistoryTab() {
  const { t } = useTranslation("forms");
  const { form, editing } = useBuilding();
  const versions = useQuery({ ...versionsQuery(form.id), refetchOnMount: "always" });
  const [viewed, setViewed] = useState<FormVersion | null>(null);
  const restore = useRestore(form.id);
  return (
    <div className={builder.one}>
      <p className={classes.lead}>{t("history.lead")}</p>
      {versions.error && <Note tone="bad">{explain(versions.error, t)}</Note>}
      {versions.isPending && <PageLoading />}
      {editing.dirty && <Note>{t("history.dirtyFirst")}</Note>}
      <ol className={classes.list}>
        {versions.data?.items.map((version) => (
          <li key={version.version} className={classes.version}>
            <div className={classes.what}>
              <b>{t("history.version", { number: version.version })}</b>
              {version.version === form.version && (
                <Badge tt="none" variant="light">
                  {t("history.now")}
                </Badge>
              )}
              <span className={classes.by}>
                {version.by && `${version.by.name}, `}
                <Time at={version.created_at} as="clock" />
              </span>
              <span className={classes.changed}>
                {version.version === 1
                  ? t("history.first")
                  : t("history.changed", { count: version.fields_changed })}
              </span>
            </div>
            <Button
              size="xs"
              variant="default"
              aria-label={t("history.viewOf", { number: version.version })}
              onClick={() => setViewed(version)}
            >
              {t("history.view")}
            </Button>
            {version.version !== form.version && (
              <Button
                size="xs"
                variant="default"
                disabled={editing.dirty}
                loading={restore.isPending && restore.variables === version.version}
                aria-label={t("history.restoreOf", { number: version.version })}
                onClick={() => restore.mutate(version.version)}
              >
                {t("history.restore")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Modal
        opened={viewed !== null}
        onClose={() => setViewed(null)}
        size={760}
        title={viewed && t("history.version", { number: viewed.version })}
        closeButtonProps={{ "aria-label": t("common:close") }}
      >
        {viewed && <Version formId={form.id} version={viewed.version} />}
      </Modal>
    </div>
  );
}

function Version({ formId, version }: { formId: string; version: number }) {
  const { t } = useTranslation("forms");
  const { data, error } = useQuery(versionQuery(formId, version));
  if (error) return <Note tone="bad">{explain(error, t)}</Note>;
  if (!data) return <PageLoading />;
  return <PreviewPane contents={{ name: data.name, fields: data.fields, options: data.options }} />;
}

function useRestore(formId: string) {
  const { t } = useTranslation("forms");
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (version: number) => restoreVersion(formId, version),
    onSuccess: (form, version) => {
      queryClient.setQueryData(formQuery(formId).queryKey, form);
      queryClient.invalidateQueries({ queryKey: versionsQuery(formId).queryKey });
      queryClient.invalidateQueries({ queryKey: formsQuery().queryKey });
      toast(t("history.restored", { number: version }));
    },
    onError: toastError,
  });
}
