// A message that nobody has sent, to be tried.
import { Button, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PastedMessage } from "@/api/routing";
import classes from "./TryPanel.module.css";

interface Props {
  onTry: (message: PastedMessage) => void;
  busy: boolean;
}

export function PastedForm({ onTry, busy }: Props) {
  const { t } = useTranslation("routing");
  const [message, setMessage] = useState<PastedMessage>({ from: "", subject: "", text: "" });
  const field = (name: keyof PastedMessage) => ({
    value: message[name] ?? "",
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setMessage((now) => ({ ...now, [name]: value }));
    },
  });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (message.from.trim()) onTry({ ...message, from: message.from.trim() });
      }}
    >
      <TextInput
        label={t("preview.from")}
        placeholder={t("preview.fromPlaceholder")}
        type="email"
        autoComplete="off"
        {...field("from")}
      />
      <TextInput label={t("preview.subject")} autoComplete="off" {...field("subject")} />
      <Textarea label={t("preview.body")} autosize minRows={3} maxRows={8} {...field("text")} />
      <Button type="submit" loading={busy} disabled={!message.from.trim()}>
        {t("preview.go")}
      </Button>
    </form>
  );
}
