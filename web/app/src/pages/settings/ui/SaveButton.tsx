// Saves a section: quiet while there is nothing to save, and says for a moment that it is saved.
import { Button } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  dirty: boolean;
  saving: boolean;
  /** Counts up with each save that went well. */
  savedAt: number;
}

const shownFor = 2500;

export function SaveButton({ dirty, saving, savedAt }: Props) {
  const { t } = useTranslation();
  const [fresh, setFresh] = useState(false);
  useEffect(() => {
    if (!savedAt) return;
    setFresh(true);
    const timer = setTimeout(() => setFresh(false), shownFor);
    return () => clearTimeout(timer);
  }, [savedAt]);
  const saved = fresh && !dirty;
  return (
    <>
      <Button type="submit" disabled={!dirty} loading={saving}>
        {t("common:save")}
      </Button>
      <span role="status" style={{ display: "inline-flex", alignItems: "center", gap: 4, fontSize: 13 }}>
        {saved && (
          <>
            <IconCheck size={15} stroke={2} color="var(--k-good)" aria-hidden="true" />
            {t("common:saved")}
          </>
        )}
      </span>
    </>
  );
}
