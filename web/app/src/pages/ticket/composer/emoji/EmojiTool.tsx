// The button that opens the emoji; they are fetched when it is first pressed.
import { ActionIcon, Loader, Popover, Tooltip } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import type { Editor } from "@tiptap/react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

const EmojiPicker = lazy(() => import("./EmojiPicker").then((module) => ({ default: module.EmojiPicker })));

export function EmojiTool({ editor }: { editor: Editor }) {
  const { t } = useTranslation("composer");
  const [opened, setOpened] = useState(false);
  const pick = (sign: string) => {
    setOpened(false);
    editor.chain().focus().insertContent(sign).run();
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Tooltip label={t("emoji.title")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={t("emoji.title")}
            onClick={() => setOpened(!opened)}
          >
            <IconMoodSmile size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label={t("emoji.title")} aria-labelledby={undefined}>
        <Suspense fallback={<Loader size="xs" role="progressbar" aria-label={t("common:loading")} />}>
          <EmojiPicker onPick={pick} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
