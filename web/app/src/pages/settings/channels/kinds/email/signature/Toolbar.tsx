// The buttons above the simple editor.
import { ActionIcon, FileButton, Tooltip } from "@mantine/core";
import { IconBold, IconItalic, IconLink, IconList, IconPhoto, IconUnderline } from "@tabler/icons-react";
import { type Editor, useEditorState } from "@tiptap/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { toast } from "@/kit/toast";
import { asDataUrl, largestImage } from "./images";
import { LinkField } from "./LinkField";
import classes from "./SignatureField.module.css";
import { TokenMenu } from "./TokenMenu";

const marks = [
  { name: "bold", Icon: IconBold, run: (editor: Editor) => editor.chain().focus().toggleBold().run() },
  { name: "italic", Icon: IconItalic, run: (editor: Editor) => editor.chain().focus().toggleItalic().run() },
  {
    name: "underline",
    Icon: IconUnderline,
    run: (editor: Editor) => editor.chain().focus().toggleUnderline().run(),
  },
  {
    name: "bulletList",
    Icon: IconList,
    run: (editor: Editor) => editor.chain().focus().toggleBulletList().run(),
  },
] as const;

export function Toolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation("settings");
  const [linking, setLinking] = useState(false);
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      ["link", ...marks.map((mark) => mark.name)].filter(
        (name) => !now.isDestroyed && now.isFocused && now.isActive(name),
      ),
  });
  const addImage = async (file: File | null) => {
    if (!file) return;
    if (file.size > largestImage) return toast(t("signature.imageTooLarge", { size: largestImage / 1024 }));
    const src = await asDataUrl(file);
    editor.chain().focus().setImage({ src, alt: "" }).run();
  };
  return (
    <>
      <div className={classes.bar} role="toolbar" aria-label={t("signature.toolbar")}>
        {marks.map(({ name, Icon, run }) => (
          <Tool
            key={name}
            label={t(`signature.${name}`)}
            on={active.includes(name)}
            onClick={() => run(editor)}
          >
            <Icon size={16} stroke={1.8} />
          </Tool>
        ))}
        <Tool label={t("signature.link")} on={active.includes("link")} onClick={() => setLinking(!linking)}>
          <IconLink size={16} stroke={1.8} />
        </Tool>
        <FileButton accept="image/png,image/jpeg,image/gif,image/webp" onChange={addImage}>
          {(props) => (
            <Tool label={t("signature.image")} {...props}>
              <IconPhoto size={16} stroke={1.8} />
            </Tool>
          )}
        </FileButton>
        <TokenMenu onPick={(text) => editor.chain().focus().insertContent(text).run()} />
      </div>
      {linking && <LinkField editor={editor} onDone={() => setLinking(false)} />}
    </>
  );
}

interface ToolProps {
  label: string;
  on?: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

function Tool({ label, on, onClick, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={on ? "light" : "subtle"}
        color={on ? undefined : "gray"}
        size={28}
        aria-label={label}
        aria-pressed={on}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
