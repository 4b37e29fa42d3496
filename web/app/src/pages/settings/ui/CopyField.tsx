// A text that is there to be copied, with the button that does it.
import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./CopyField.module.css";

export function CopyField({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.field}>
      <input
        readOnly
        value={value}
        aria-label={label}
        className={classes.value}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value} timeout={2000}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t("common:copied") : t("common:copy")}>
            <ActionIcon
              variant="subtle"
              color={copied ? "green" : "gray"}
              size={32}
              onClick={copy}
              aria-label={copied ? t("common:copied") : t("common:copy")}
            >
              {copied ? <IconCheck size={17} stroke={2} /> : <IconCopy size={17} stroke={1.6} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
