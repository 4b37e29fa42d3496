// Where a link leads: typed below the toolbar, taken away when left empty.
import { Button, TextInput } from "@mantine/core";
import type { Editor } from "@tiptap/react";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { linkTo } from "./links";
import classes from "./SignatureField.module.css";

export function LinkField({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const [target, setTarget] = useState<string>(editor.getAttributes("link").href ?? "");
  const apply = () => {
    const href = linkTo(target);
    if (target.trim() && !href) return;
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link"))
      chain
        .insertContent({ type: "text", text: target.trim(), marks: [{ type: "link", attrs: { href } }] })
        .run();
    else chain.setLink({ href }).run();
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDone();
    if (event.key !== "Enter") return;
    event.preventDefault();
    apply();
  };
  return (
    <div className={classes.link}>
      <TextInput
        size="xs"
        flex={1}
        autoFocus
        aria-label={t("signature.linkTo")}
        placeholder="https://"
        value={target}
        onChange={(event) => setTarget(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={target.trim() !== "" && !linkTo(target)}
      />
      <Button size="xs" variant="default" onClick={apply}>
        {t("signature.setLink")}
      </Button>
    </div>
  );
}
