// The keys of a shortcut, drawn as caps.
import { Kbd } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Caps.module.css";
import { capsOf, strokesOf } from "./strokes";

export function Caps({ keys }: { keys: string }) {
  const { t } = useTranslation("keys");
  return (
    <span className={classes.caps}>
      {strokesOf(keys).map((stroke, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: "g g" is the same stroke twice
        <Fragment key={at}>
          {at > 0 && <span className={classes.then}>{t("then")}</span>}
          {capsOf(stroke).map((cap) => (
            <Kbd key={cap} size="xs">
              {cap}
            </Kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
