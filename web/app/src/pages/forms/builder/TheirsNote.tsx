// Somebody else published the form meanwhile: who and when, and the choice between theirs and mine.
import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { versionsQuery } from "@/api/forms";
import { Note } from "@/kit/Note";
import { dateLocale, messageTime } from "@/kit/time";
import { useBuilding } from "./context";

export function TheirsNote() {
  const { t, i18n } = useTranslation("forms");
  const { editing, form } = useBuilding();
  const { theirs } = editing;
  const versions = useQuery({ ...versionsQuery(form.id), enabled: theirs !== null, staleTime: 0 }).data
    ?.items;
  if (!theirs) return null;
  const last = versions?.find((version) => version.version === theirs.version);
  const at = messageTime(last?.created_at ?? theirs.updated_at, new Date(), dateLocale(i18n.language));
  return (
    <Note tone="warn" title={t("theirs.title")}>
      <p style={{ margin: "2px 0 10px" }}>
        {last?.by ? t("theirs.text", { name: last.by.name, at }) : t("theirs.somebody", { at })}
      </p>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={editing.takeTheirs}>
          {t("theirs.take")}
        </Button>
        <Button size="xs" onClick={editing.keepMine}>
          {t("theirs.keep")}
        </Button>
      </Group>
    </Note>
  );
}
