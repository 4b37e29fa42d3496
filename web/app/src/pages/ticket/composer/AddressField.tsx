// One line of recipients as chips; what is not an address stays in the field, with the reason.
import { TagsInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { addressIn } from "@/kit/addresses";
import classes from "./Recipients.module.css";

interface Props {
  label: string;
  value: string[];
  onChange: (addresses: string[]) => void;
  autoFocus?: boolean;
}

export function AddressField({ label, value, onChange, autoFocus }: Props) {
  const { t } = useTranslation("composer");
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);

  const take = (entries: string[]) => {
    const bad = entries.filter((entry) => !addressIn(entry));
    onChange([...new Set(entries.map(addressIn).filter((address) => address !== null))]);
    setWrong(bad[0] ?? null);
    // The field clears itself after this call, so what was wrong is put back a moment later.
    if (bad.length) queueMicrotask(() => setTyped(bad.join(", ")));
  };
  return (
    <div className={classes.field}>
      <span className={classes.label} aria-hidden="true">
        {label}
      </span>
      <TagsInput
        flex={1}
        size="xs"
        variant="unstyled"
        aria-label={label}
        autoFocus={autoFocus}
        value={value}
        onChange={take}
        searchValue={typed}
        onSearchChange={(text) => {
          setTyped(text);
          setWrong(null);
        }}
        splitChars={[",", ";", " "]}
        acceptValueOnBlur
        error={wrong && t("notAnAddress", { address: wrong })}
        maxDropdownHeight={0}
        classNames={{ pill: classes.pill, input: classes.input, inputField: classes.typed }}
      />
    </div>
  );
}
