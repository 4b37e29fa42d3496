// The builder of one form.
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { formQuery } from "@/api/forms";
import { Problem } from "@/api/http";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { Builder } from "./Builder";
import classes from "./Builder.module.css";
import type { BuilderTab } from "./tabs";

export function BuilderPage() {
  const { t } = useTranslation("forms");
  const { slug, formId } = useParams({ from: "/a/$slug/forms/$formId" });
  const { tab = "fields", connect } = useSearch({ from: "/a/$slug/forms/$formId" });
  const { can } = useMe();
  const navigate = useNavigate();
  const form = useQuery({ ...formQuery(formId), enabled: can.manage_forms, refetchOnMount: "always" });
  const onTab = (to: BuilderTab) =>
    navigate({
      to: "/a/$slug/forms/$formId",
      params: { slug, formId },
      search: { ...(to !== "fields" && { tab: to }), ...(connect && { connect }) },
      replace: true,
    });
  if (!can.manage_forms) return <Said tone="warn" text={t("list.mayNot")} />;
  if (form.data)
    return <Builder key={form.data.id} form={form.data} tab={tab} onTab={onTab} connecting={connect === 1} />;
  if (form.error instanceof Problem && form.error.status === 404) return <NotFound />;
  return form.error ? <Said tone="bad" text={explain(form.error, t)} /> : <PageLoading />;
}

function Said({ tone, text }: { tone: "warn" | "bad"; text: string }) {
  return (
    <div className={classes.said}>
      <Note tone={tone}>{text}</Note>
    </div>
  );
}
