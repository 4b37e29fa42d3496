// Where the form is filled in: its own page, another site by one tag, a page of one's own, or a program.
import { Anchor, Button, Stack } from "@mantine/core";
import { IconExternalLink, IconPlugConnected } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Note } from "@/kit/Note";
import { CopyField } from "../../../settings/ui/CopyField";
import { Section } from "../../../settings/ui/Section";
import builder from "../Builder.module.css";
import { useBuilding } from "../context";
import { CopyBlock } from "./CopyBlock";
import { curlExample, htmlExample, prefillExample } from "./examples";

export function PublishTab() {
  const { t } = useTranslation("forms");
  const { form, editing } = useBuilding();
  return (
    <div className={builder.one}>
      <Stack gap={12} mb={18}>
        {editing.dirty && <Note tone="warn">{t("publish.dirty", { count: editing.changes.length })}</Note>}
        {form.is_closed && <Note>{t("publish.closed")}</Note>}
        <Connected />
      </Stack>
      <Section title={t("publish.page")} text={t("publish.pageText")}>
        <CopyField value={form.url} label={t("publish.page")} />
        <div>
          <Anchor href={form.url} target="_blank" rel="noopener" fz="sm">
            {t("menu.open")}{" "}
            <IconExternalLink size={14} stroke={1.7} aria-hidden="true" style={{ verticalAlign: "-2px" }} />
          </Anchor>
        </div>
        <div>
          <p style={{ margin: "0 0 6px", fontSize: 13 }}>{t("publish.prefill")}</p>
          <CopyField value={prefillExample(form)} label={t("publish.prefillLabel")} />
        </div>
      </Section>
      <Section title={t("publish.embed")} text={t("publish.embedText")}>
        <CopyBlock text={form.embed} label={t("publish.embed")} />
      </Section>
      <Section title={t("publish.html")} text={t("publish.htmlText")}>
        <CopyBlock text={htmlExample(form)} label={t("publish.html")} />
      </Section>
      <Section title={t("publish.api")} text={t("publish.apiText")}>
        <CopyBlock text={curlExample(form)} label={t("publish.api")} />
      </Section>
    </div>
  );
}

function Connected() {
  const { t } = useTranslation("forms");
  const { slug } = useParams({ from: "/a/$slug" });
  const { form } = useBuilding();
  if (form.channel) return null;
  return (
    <Note icon={IconPlugConnected} title={t("publish.unconnected")}>
      <p style={{ margin: "2px 0 9px" }}>{t("publish.unconnectedText")}</p>
      <Button
        size="xs"
        variant="default"
        component={Link}
        to={`/a/${slug}/settings/channels/new/form/form?form=${form.id}`}
      >
        {t("menu.connect")}
      </Button>
    </Note>
  );
}
