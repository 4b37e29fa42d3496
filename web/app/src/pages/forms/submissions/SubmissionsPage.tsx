// What was filled into one form: how many saw it and went on, day by day, and every submission with what became of it.
import { useDocumentTitle, useElementSize, useMergedRef } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { type Form, formQuery } from "@/api/forms";
import { Problem } from "@/api/http";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { NotFound } from "@/shell/NotFound";
import { PageLoading } from "@/shell/PageLoading";
import { SubmissionDrawer } from "./drawer/SubmissionDrawer";
import { Figures } from "./figures/Figures";
import { HandIn } from "./HandIn";
import { Head } from "./Head";
import { Filters } from "./list/Filters";
import { SubmissionList } from "./list/SubmissionList";
import { useColumns } from "./list/useColumns";
import { useSubmissions } from "./list/useSubmissions";
import classes from "./SubmissionsPage.module.css";

export function SubmissionsPage() {
  const { t } = useTranslation("submissions");
  const { formId } = useParams({ from: "/a/$slug/forms/$formId/submissions" });
  const { can } = useMe();
  const form = useQuery({ ...formQuery(formId), enabled: can.manage_forms });
  if (!can.manage_forms) return <Aside>{<Note tone="warn">{t("forbidden")}</Note>}</Aside>;
  if (form.error instanceof Problem && form.error.status === 404) return <NotFound />;
  if (form.error && !form.data) return <Aside>{<Note tone="bad">{explain(form.error, t)}</Note>}</Aside>;
  return form.data ? <Dashboard key={formId} form={form.data} /> : <PageLoading />;
}

const Aside = ({ children }: { children: React.ReactNode }) => (
  <div className={classes.page}>
    <div className={classes.above}>{children}</div>
  </div>
);

/** The page scrolls as one, both ways; what stands above the table stays where it is when the table is moved sideways. */
function Dashboard({ form }: { form: Form }) {
  const { t } = useTranslation("submissions");
  const { slug } = useParams({ from: "/a/$slug" });
  const search = useSearch({ from: "/a/$slug/forms/$formId/submissions" });
  const { account } = useMe();
  useDocumentTitle(`${t("title", { form: form.name })} · ${account.name}`);
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width } = useElementSize();
  const { ref: aboveRef, height: heightAbove } = useElementSize();
  const list = useSubmissions(form.id, search, scroller);
  const columns = useColumns(slug, form, list.submissions, search.state === "caught");
  return (
    <div ref={useMergedRef(scroller, sizeRef)} className={classes.page}>
      <div ref={aboveRef} className={classes.above}>
        <Head slug={slug} form={form} />
        <HandIn form={form} />
        <Figures form={form} search={search} />
        <Filters form={form} search={search} columns={columns} />
      </div>
      <SubmissionList
        slug={slug}
        form={form}
        search={search}
        list={list}
        columns={columns.shown}
        scroller={scroller}
        heightAbove={heightAbove}
        width={width}
      />
      <SubmissionDrawer slug={slug} form={form} search={search} submissions={list.submissions} />
    </div>
  );
}
