// Written in two places: the other text, to be put here instead.
import { Button } from "@mantine/core";
import { IconVersions } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Time } from "@/kit/Time";
import classes from "./OtherVersion.module.css";

interface Props {
  at: string;
  onUse: () => void;
  onLeave: () => void;
}

export function OtherVersion({ at, onUse, onLeave }: Props) {
  const { t } = useTranslation("composer");
  return (
    <div className={classes.note} role="status">
      <IconVersions size={16} stroke={1.7} aria-hidden="true" />
      <span className={classes.text}>
        {t("other.title")} <Time at={at} as="clock" />
      </span>
      <Button size="compact-xs" variant="default" onClick={onUse}>
        {t("other.use")}
      </Button>
      <Button size="compact-xs" variant="subtle" color="gray" onClick={onLeave}>
        {t("other.leave")}
      </Button>
    </div>
  );
}
