// How the live connection is: silent while all is well, a thin line when it is not.
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "@/live/LiveProvider";
import classes from "./ConnectionNote.module.css";

/** A short break is nobody's business. */
const patience = 2500;

export function ConnectionNote() {
  const { t } = useTranslation("shell");
  const { state } = useLive();
  const well = state === "live" || state === "connecting";
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (well) return setShown(false);
    const timer = setTimeout(() => setShown(true), patience);
    return () => clearTimeout(timer);
  }, [well]);
  return (
    <div role="status" data-live={state}>
      {shown && !well && (
        <div className={classes.note} data-state={state}>
          <IconPlugConnectedX size={15} stroke={1.7} aria-hidden="true" />
          {t(`connection.${state}`)}
        </div>
      )}
    </div>
  );
}
