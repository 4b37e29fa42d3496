// What is written: an answer, to one or to all, a message handed on, or a comment that nobody outside sees.
import { Menu, UnstyledButton } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowBackUpDouble,
  IconArrowForwardUp,
  IconChevronDown,
  IconEyeOff,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Mode } from "@/api/composer";
import classes from "./Composer.module.css";

const icons = { reply: IconArrowBackUp, reply_all: IconArrowBackUpDouble, forward: IconArrowForwardUp };
const outgoing = ["reply", "reply_all", "forward"] as const;
type OutgoingMode = (typeof outgoing)[number];

interface Props {
  mode: Mode;
  onMode: (mode: Mode) => void;
  replyPossible: boolean;
}

export function ModeTabs({ mode, onMode, replyPossible }: Props) {
  const { t } = useTranslation("composer");
  const shown: OutgoingMode = mode === "comment" ? "reply" : mode;
  const Icon = icons[shown];
  return (
    <div className={classes.tabs}>
      <UnstyledButton
        aria-pressed={mode !== "comment"}
        className={classes.tab}
        data-active={mode !== "comment" || undefined}
        disabled={!replyPossible}
        onClick={() => onMode(shown)}
      >
        <Icon size={15} stroke={1.7} aria-hidden="true" />
        {t(shown)}
      </UnstyledButton>
      {replyPossible && (
        <Menu position="bottom-start">
          <Menu.Target>
            <UnstyledButton className={classes.tab} data-narrow aria-label={t("mode")}>
              <IconChevronDown size={14} stroke={1.8} aria-hidden="true" />
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {outgoing.map((one) => {
              const OneIcon = icons[one];
              return (
                <Menu.Item
                  key={one}
                  leftSection={<OneIcon size={15} stroke={1.7} />}
                  onClick={() => onMode(one)}
                  aria-current={mode === one || undefined}
                >
                  {t(one)}
                </Menu.Item>
              );
            })}
          </Menu.Dropdown>
        </Menu>
      )}
      <UnstyledButton
        aria-pressed={mode === "comment"}
        className={classes.tab}
        data-active={mode === "comment" || undefined}
        onClick={() => onMode("comment")}
      >
        <IconEyeOff size={15} stroke={1.7} aria-hidden="true" />
        <span className={classes.long}>{t("comment")}</span>
        <span className={classes.short}>{t("commentShort")}</span>
      </UnstyledButton>
    </div>
  );
}
