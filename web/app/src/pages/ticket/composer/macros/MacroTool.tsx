// The button for those who do not type /: it types it for them.
import { ActionIcon, Popover, Tooltip } from "@mantine/core";
import { IconTextPlus } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import type { Editor } from "@tiptap/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

export function MacroTool({ editor, none }: { editor: Editor; none: boolean }) {
  const { t } = useTranslation("macros");
  const { slug } = useParams({ from: "/a/$slug" });
  const [opened, setOpened] = useState(false);
  const open = () => {
    if (none) return setOpened(!opened);
    const { $from } = editor.state.selection;
    const before = $from.parent.textBetween(0, $from.parentOffset, " ", " ").slice(-1);
    const needsSpace = before !== "" && !/\s/.test(before);
    editor
      .chain()
      .focus()
      .insertContent({ type: "text", text: needsSpace ? " /" : "/" })
      .run();
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" width={240}>
      <Popover.Target>
        <Tooltip label={t("composer.tool")}>
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={t("composer.tool")} onClick={open}>
            <IconTextPlus size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown fz={13}>
        {t("composer.none")}{" "}
        <Link to="/a/$slug/settings/macros" params={{ slug }}>
          {t("composer.manage")}
        </Link>
      </Popover.Dropdown>
    </Popover>
  );
}
