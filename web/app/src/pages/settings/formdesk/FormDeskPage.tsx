// What holds for all forms: by which address they are answered, and who tells people from programs.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { deskSettingsQuery } from "@/api/deskSettings";
import { useMay } from "@/api/roles";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { PageLoading } from "@/shell/PageLoading";
import { useHelpDeskTrail } from "../channels/useHelpDeskTrail";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { CaptchaSection } from "./CaptchaSection";
import { FallbackSection } from "./FallbackSection";

export function FormDeskPage() {
  const { t } = useTranslation("formdesk");
  const may = useMay("manage_desk");
  const trail = useHelpDeskTrail();
  const desk = useQuery(deskSettingsQuery());
  return (
    <Page title={t("title")} trail={trail} lead={t("lead")}>
      {!may && (
        <div style={{ marginBottom: 16 }}>
          <Note>{t("locked")}</Note>
        </div>
      )}
      {desk.isPending && <PageLoading />}
      <FaultAlert text={desk.error && explain(desk.error, t)} />
      {desk.data && (
        <>
          <FallbackSection desk={desk.data} may={may} />
          <CaptchaSection desk={desk.data} may={may} />
        </>
      )}
    </Page>
  );
}
