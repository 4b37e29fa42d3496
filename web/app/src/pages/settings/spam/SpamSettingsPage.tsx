// Who is always let in and who never is, and what else is spam.
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { deskSettingsQuery } from "@/api/deskSettings";
import { useMay } from "@/api/roles";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { PageLoading } from "@/shell/PageLoading";
import { useHelpDeskTrail } from "../channels/useHelpDeskTrail";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { FiltersSection } from "./FiltersSection";
import { SenderList } from "./SenderList";

export function SpamSettingsPage() {
  const { t } = useTranslation("spam");
  const { slug } = useParams({ from: "/a/$slug" });
  const may = useMay("manage_desk");
  const trail = useHelpDeskTrail();
  const desk = useQuery(deskSettingsQuery());
  return (
    <Page
      title={t("settings.title")}
      trail={trail}
      lead={
        <>
          {t("settings.lead")}{" "}
          <Anchor component={Link} to={`/a/${slug}/spam`} fz="inherit" underline="always">
            {t("settings.open")}
          </Anchor>
        </>
      }
    >
      {!may && (
        <div style={{ marginBottom: 16 }}>
          <Note>{t("settings.locked")}</Note>
        </div>
      )}
      {desk.isPending && <PageLoading />}
      <FaultAlert text={desk.error && explain(desk.error, t)} />
      {desk.data && (
        <>
          {may && <SenderList verdict="deny" />}
          {may && <SenderList verdict="allow" />}
          <FiltersSection filters={desk.data.spam_filters} may={may} />
        </>
      )}
    </Page>
  );
}
