// Says that changes from an earlier time were found in this browser, and lets one do without them.
import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Note } from "@/kit/Note";
import { dateLocale, messageTime } from "@/kit/time";
import classes from "./Builder.module.css";
import { useBuilding } from "./context";

export function FoundNote() {
  const { t, i18n } = useTranslation("forms");
  const { editing } = useBuilding();
  if (!editing.foundFrom || !editing.dirty || editing.theirs) return null;
  return (
    <Note icon={IconHistory}>
      <span className={classes.noteLine}>
        {t("found.text", { at: messageTime(editing.foundFrom, new Date(), dateLocale(i18n.language)) })}
        <Button size="compact-sm" variant="default" onClick={editing.discard}>
          {t("found.discard")}
        </Button>
      </span>
    </Note>
  );
}
