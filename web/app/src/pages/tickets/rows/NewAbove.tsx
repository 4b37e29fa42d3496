// Says that rows came in above what is in sight, and goes there.
import { IconArrowUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./Rows.module.css";

export function NewAbove({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation("tickets");
  return (
    <div aria-live="polite">
      {count > 0 && (
        <button type="button" className={classes.pill} onClick={onShow}>
          <IconArrowUp size={14} stroke={2} aria-hidden="true" />
          {t("newAbove", { count })}
        </button>
      )}
    </div>
  );
}

export function MoreComing() {
  const { t } = useTranslation("tickets");
  return <p className={classes.more}>{t("loadingMore")}</p>;
}
