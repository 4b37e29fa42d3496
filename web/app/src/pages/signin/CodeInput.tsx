// A field for six digits, which takes them also as "123 456" and from the clipboard.
import { TextInput, type TextInputProps } from "@mantine/core";

export const codeLength = 6;

interface Props extends Omit<TextInputProps, "onChange" | "value"> {
  value: string;
  onChange: (digits: string) => void;
  onComplete?: (digits: string) => void;
}

export function CodeInput({ value, onChange, onComplete, ...rest }: Props) {
  const take = (typed: string) => {
    const digits = typed.replace(/\D/g, "").slice(0, codeLength);
    onChange(digits);
    if (digits.length === codeLength && digits !== value) onComplete?.(digits);
  };
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="one-time-code"
      styles={{ input: { fontVariantNumeric: "tabular-nums", letterSpacing: "0.18em" } }}
      {...rest}
      value={value}
      onChange={(event) => take(event.currentTarget.value)}
    />
  );
}
