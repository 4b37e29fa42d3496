// Asks for desktop notices where one reads notices, never on load.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./NoticeBell.module.css";

export function DesktopNotices() {
  const { t } = useTranslation("shell");
  const [permission, setPermission] = useState(() =>
    "Notification" in window ? Notification.permission : "denied",
  );
  if (permission !== "default") return null;
  return (
    <div className={classes.ask}>
      <span style={{ flex: 1 }}>{t("notices.askDesktop")}</span>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => Notification.requestPermission().then(setPermission)}
      >
        {t("notices.allowDesktop")}
      </Button>
    </div>
  );
}
