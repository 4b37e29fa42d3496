// A text with tokens that are filled in when it is sent; a click puts one where the cursor stands.
import { Button, Group, Textarea, type TextareaProps } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { withToken } from "./withToken";

interface Props extends Omit<TextareaProps, "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
  tokens: readonly string[];
}

export function TokenTextarea({ value, onChange, tokens, ...rest }: Props) {
  const { t } = useTranslation("automation");
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (token: string) => {
    const { selectionStart = value.length, selectionEnd = value.length } = field.current ?? {};
    const { text, cursor } = withToken(value, token, selectionStart, selectionEnd);
    onChange(text);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(cursor, cursor);
    });
  };
  return (
    <div>
      <Textarea
        ref={field}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autosize
        minRows={4}
        maxRows={16}
        {...rest}
      />
      <Group gap={4} mt={6} role="group" aria-label={t("tokens.label")}>
        {tokens.map((token) => (
          <Button
            key={token}
            size="compact-xs"
            variant="default"
            fw={450}
            disabled={rest.disabled}
            onClick={() => insert(token)}
          >
            {`+ ${t(`tokens.${token.replace(".", "_")}`)}`}
          </Button>
        ))}
      </Group>
    </div>
  );
}
