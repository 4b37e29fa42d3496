// Formatting and files, below the text.
import { ActionIcon, Button, FileButton, Group, Popover, TextInput, Tooltip } from "@mantine/core";
import {
  IconBlockquote,
  IconBold,
  IconCode,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconPaperclip,
  IconUnderline,
} from "@tabler/icons-react";
import { type Editor, useEditorState } from "@tiptap/react";
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { maxAttachment } from "@/api/timeline";
import { megabytes } from "@/kit/bytes";
import { EmojiTool } from "./emoji/EmojiTool";
import classes from "./Toolbar.module.css";

const tools = [
  ["bold", IconBold, (editor: Editor) => editor.chain().focus().toggleBold().run()],
  ["italic", IconItalic, (editor: Editor) => editor.chain().focus().toggleItalic().run()],
  ["underline", IconUnderline, (editor: Editor) => editor.chain().focus().toggleUnderline().run()],
  ["bulletList", IconList, (editor: Editor) => editor.chain().focus().toggleBulletList().run()],
  ["orderedList", IconListNumbers, (editor: Editor) => editor.chain().focus().toggleOrderedList().run()],
  ["blockquote", IconBlockquote, (editor: Editor) => editor.chain().focus().toggleBlockquote().run()],
  ["code", IconCode, (editor: Editor) => editor.chain().focus().toggleCode().run()],
] as const;

interface Props {
  editor: Editor;
  /** Left out: it takes no files. */
  onFiles?: (files: File[]) => void;
  /** Bytes that one file may have. */
  limit?: number;
  /** More tools, beside the files. */
  children?: ReactNode;
}

export function Toolbar({ editor, onFiles, limit = maxAttachment, children }: Props) {
  const { t, i18n } = useTranslation("composer");
  const attach = t("attach", { most: megabytes(limit, i18n.language) });
  const active = useActive(
    editor,
    tools.map(([name]) => name),
  );
  return (
    <div className={classes.tools} role="toolbar" aria-label={t("tools")}>
      {onFiles && (
        <FileButton multiple onChange={onFiles} inputProps={{ "aria-label": attach }}>
          {(props) => (
            <Tooltip label={attach}>
              <ActionIcon variant="subtle" color="gray" size={30} aria-label={attach} {...props}>
                <IconPaperclip size={18} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          )}
        </FileButton>
      )}
      {children}
      <EmojiTool editor={editor} />
      <i className={classes.gap} />
      {tools.map(([name, Icon, run], index) => (
        <Tooltip key={name} label={t(`tool.${name}`)}>
          <ActionIcon
            variant={active[index] ? "light" : "subtle"}
            color={active[index] ? undefined : "gray"}
            size={30}
            aria-label={t(`tool.${name}`)}
            aria-pressed={active[index]}
            onClick={() => run(editor)}
          >
            <Icon size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      ))}
      <LinkTool editor={editor} />
    </div>
  );
}

function LinkTool({ editor }: { editor: Editor }) {
  const { t } = useTranslation("composer");
  const [opened, setOpened] = useState(false);
  const [address, setAddress] = useState("");
  const [active] = useActive(editor, ["link"]);

  const open = () => {
    setAddress(String(editor.getAttributes("link").href ?? ""));
    setOpened(true);
  };
  const openByKey = useRef(open);
  openByKey.current = open;
  useEffect(() => {
    if (editor.isDestroyed) return;
    const text = editor.view.dom;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      openByKey.current();
    };
    text.addEventListener("keydown", onKeyDown);
    return () => text.removeEventListener("keydown", onKeyDown);
  }, [editor]);

  const apply = (event: FormEvent) => {
    event.preventDefault();
    setOpened(false);
    setLink(editor, address.trim());
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="top" trapFocus width={300}>
      <Popover.Target>
        <ActionIcon
          variant={active ? "light" : "subtle"}
          color={active ? undefined : "gray"}
          size={30}
          aria-label={t("tool.link")}
          aria-pressed={active}
          onClick={open}
        >
          <IconLink size={17} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={apply}>
          <Group gap={6} wrap="nowrap">
            <TextInput
              size="xs"
              flex={1}
              data-autofocus
              aria-label={t("linkAddress")}
              placeholder="https://"
              value={address}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
            <Button type="submit" size="xs">
              {t("setLink")}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The editor may be replaced between two renders; a destroyed one answers nothing. */
function useActive(editor: Editor, names: string[]): boolean[] {
  return useEditorState({
    editor,
    selector: ({ editor }) => names.map((name) => !editor.isDestroyed && editor.isActive(name)),
  });
}

function setLink(editor: Editor, address: string): void {
  const chain = editor.chain().focus().extendMarkRange("link");
  if (!address) return void chain.unsetLink().run();
  const href = /^(https?:|mailto:|tel:)/i.test(address) ? address : `https://${address}`;
  if (editor.state.selection.empty && !editor.isActive("link"))
    chain.insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href } }] }).run();
  else chain.setLink({ href }).run();
}
