// What may be answered: how long, from when to when, how many files of what sort.
import { MultiSelect, NumberInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FileGroup, Limits } from "@/api/forms";
import type { FieldProps } from "./fieldProps";
import classes from "./Panel.module.css";

const megabyte = 1_000_000;
const mostFiles = 10;
const mostMegabytes = 25;
const groups: FileGroup[] = ["image", "document", "audio", "video", "archive"];

export function LimitsEditor(props: FieldProps) {
  switch (props.field.type) {
    case "number":
      return (
        <Two>
          <Amount {...props} of="min" label="atLeast" />
          <Amount {...props} of="max" label="atMost" />
        </Two>
      );
    case "date":
      return (
        <Two>
          <Day {...props} of="min" label="earliest" />
          <Day {...props} of="max" label="latest" />
        </Two>
      );
    case "phone":
      return <Region {...props} />;
    case "file":
      return <Files {...props} />;
    default:
      return (
        <Two>
          <Amount {...props} of="min_length" label="shortest" whole />
          <Amount {...props} of="max_length" label="longest" whole />
        </Two>
      );
  }
}

const Two = ({ children }: { children: React.ReactNode }) => <div className={classes.two}>{children}</div>;

/** A limit that is taken away is none, not an empty one. */
function withLimit(limits: Limits, change: Limits): Limits {
  return { ...limits, ...change };
}

interface OneProps extends FieldProps {
  of: "min" | "max" | "min_length" | "max_length";
  label: string;
  whole?: boolean;
}

function Amount({ field, set, fault, of, label, whole }: OneProps) {
  const { t } = useTranslation("forms");
  const value = field.limits[of];
  return (
    <NumberInput
      size="xs"
      label={t(`limits.${label}`)}
      suffix={whole ? ` ${t("limits.characters")}` : undefined}
      min={whole ? 1 : undefined}
      allowDecimal={!whole}
      allowNegative={!whole}
      clampBehavior="none"
      hideControls
      value={typeof value === "number" ? value : ""}
      onChange={(next) =>
        set({ limits: withLimit(field.limits, { [of]: typeof next === "number" ? next : null }) }, of)
      }
      error={fault(`limits.${of}`)}
    />
  );
}

function Day({ field, set, fault, of, label }: OneProps) {
  const { t } = useTranslation("forms");
  return (
    <TextInput
      size="xs"
      type="date"
      label={t(`limits.${label}`)}
      value={String(field.limits[of] ?? "")}
      onChange={(event) =>
        set({ limits: withLimit(field.limits, { [of]: event.currentTarget.value || null }) }, of)
      }
      error={fault(`limits.${of}`)}
    />
  );
}

function Region({ field, set, fault }: FieldProps) {
  const { t } = useTranslation("forms");
  return (
    <TextInput
      size="xs"
      label={t("limits.region")}
      description={t("limits.regionText")}
      placeholder="SE"
      maxLength={2}
      w={200}
      value={field.limits.region ?? ""}
      onChange={(event) => {
        const region = event.currentTarget.value.trim().toUpperCase();
        set({ limits: withLimit(field.limits, { region: region || null }) }, "region");
      }}
      error={fault("limits.region")}
    />
  );
}

function Files({ field, set, fault }: FieldProps) {
  const { t } = useTranslation("forms");
  const { files, file_bytes, file_groups } = field.limits;
  const limit = (change: Limits, what: string) => set({ limits: withLimit(field.limits, change) }, what);
  return (
    <>
      <Two>
        <NumberInput
          size="xs"
          label={t("limits.files")}
          min={1}
          max={mostFiles}
          allowDecimal={false}
          value={files ?? 1}
          onChange={(next) => limit({ files: typeof next === "number" ? next : null }, "files")}
          error={fault("limits.files")}
        />
        <NumberInput
          size="xs"
          label={t("limits.fileSize")}
          suffix=" MB"
          min={1}
          max={mostMegabytes}
          value={file_bytes ? file_bytes / megabyte : mostMegabytes}
          onChange={(next) =>
            limit({ file_bytes: typeof next === "number" ? Math.round(next * megabyte) : null }, "file_bytes")
          }
          error={fault("limits.file_bytes")}
        />
      </Two>
      <MultiSelect
        size="xs"
        label={t("limits.groups")}
        placeholder={file_groups?.length ? undefined : t("limits.anyGroup")}
        data={groups.map((group) => ({ value: group, label: t(`limits.group.${group}`) }))}
        value={file_groups ?? []}
        onChange={(next) => limit({ file_groups: next as FileGroup[] }, "file_groups")}
        error={fault("limits.file_groups")}
      />
    </>
  );
}
