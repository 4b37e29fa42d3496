// Several lines that are there to be copied.
import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./CopyBlock.module.css";

export function CopyBlock({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled has to be reached with the keyboard */}
      <section className={classes.text} tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
      <CopyButton value={text} timeout={2000}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t("common:copied") : t("common:copy")}>
            <ActionIcon
              className={classes.copy}
              variant="default"
              size={32}
              onClick={copy}
              aria-label={copied ? t("common:copied") : `${t("common:copy")}: ${label}`}
            >
              {copied ? <IconCheck size={17} stroke={2} /> : <IconCopy size={17} stroke={1.6} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </div>
  );
}
