// The signature: a simple editor, or its HTML; the editor is fetched when it is first seen.
import { Input, SegmentedControl, Skeleton, Textarea } from "@mantine/core";
import { lazy, Suspense, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./SignatureField.module.css";
import { isSimple } from "./simple";
import { TokenMenu } from "./TokenMenu";
import { useInsertAtCursor } from "./useInsertAtCursor";

const SimpleEditor = lazy(() => import("./SimpleEditor"));

interface Props {
  value: string;
  onChange: (html: string) => void;
  error?: string;
}

export function SignatureField({ value, onChange, error }: Props) {
  const { t } = useTranslation("settings");
  const id = useId();
  const [asHtml, setAsHtml] = useState(() => !isSimple(value));
  const simple = isSimple(value);
  return (
    <Input.Wrapper
      label={t("signature.label")}
      labelElement="div"
      labelProps={{ id }}
      description={asHtml && !simple ? t("signature.tooRich") : t("signature.help")}
      error={error}
    >
      <div className={classes.field} data-error={error ? true : undefined}>
        {asHtml ? (
          <Source labelledBy={id} value={value} onChange={onChange} />
        ) : (
          <Suspense fallback={<Skeleton height={150} radius={0} />}>
            <SimpleEditor labelledBy={id} value={value} onChange={onChange} />
          </Suspense>
        )}
        <SegmentedControl
          size="xs"
          className={classes.mode}
          aria-label={t("signature.mode")}
          value={asHtml ? "html" : "simple"}
          onChange={(mode) => setAsHtml(mode === "html")}
          data={[
            { value: "simple", label: t("signature.simple"), disabled: asHtml && !simple },
            { value: "html", label: "HTML" },
          ]}
        />
      </div>
    </Input.Wrapper>
  );
}

function Source({ labelledBy, value, onChange }: { labelledBy: string } & Pick<Props, "value" | "onChange">) {
  const { ref, insert } = useInsertAtCursor(value, onChange);
  return (
    <>
      <div className={classes.bar}>
        <TokenMenu onPick={insert} />
      </div>
      <Textarea
        ref={ref}
        aria-labelledby={labelledBy}
        variant="unstyled"
        autosize
        minRows={6}
        maxRows={16}
        spellCheck={false}
        classNames={{ input: classes.source }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </>
  );
}
