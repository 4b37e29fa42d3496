// Roughly what visitors see of a field: enough to know it again. The preview shows the very thing.
import { IconCalendar, IconChevronDown, IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useBuilding } from "../context";
import type { DraftField } from "../draft";
import { wordsOf } from "../words";
import classes from "./Canvas.module.css";

const mostShown = 5;

export function Likeness({ field }: { field: DraftField }) {
  const { t } = useTranslation("forms");
  const own = field.type === "checkbox" || field.type === "consent";
  return (
    <div className={classes.likeness} aria-hidden="true">
      {!own && (
        <div className={classes.label}>
          {field.label || <i>{t("canvas.unnamed")}</i>}
          <Required field={field} />
        </div>
      )}
      {field.help && !own && <div className={classes.help}>{field.help}</div>}
      <Control field={field} />
      {field.help && own && <div className={classes.help}>{field.help}</div>}
    </div>
  );
}

function Control({ field }: { field: DraftField }) {
  const { t } = useTranslation("forms");
  const { options } = useBuilding().editing.draft;
  const choices = field.options.filter((choice) => choice.trim());
  const given = Array.isArray(field.default) ? field.default.join(", ") : String(field.default ?? "");
  const shown = given ? (field.labels[given] ?? given) : "";
  switch (field.type) {
    case "long_text":
      return <Box tall text={shown || field.placeholder} typed={shown !== ""} />;
    case "select":
      return (
        <Box
          text={shown || field.placeholder || wordsOf[options.language].choose}
          typed={shown !== ""}
          icon={IconChevronDown}
        />
      );
    case "multi_select":
      return <Choices field={field} choices={choices} />;
    case "checkbox":
    case "consent":
      return (
        <div className={classes.choice} data-chosen={field.default === true || undefined}>
          <i />
          <span>
            {field.label || t("canvas.unnamed")}
            <Required field={field} />
          </span>
        </div>
      );
    case "file":
      return (
        <div className={classes.files}>
          <IconUpload size={17} stroke={1.6} />
          {t("canvas.files", { count: field.limits.files ?? 1 })}
        </div>
      );
    case "date":
      return <Box text={shown || t("canvas.date")} typed={shown !== ""} icon={IconCalendar} />;
    default:
      return <Box text={shown || field.placeholder} typed={shown !== ""} />;
  }
}

function Required({ field }: { field: DraftField }) {
  const { options } = useBuilding().editing.draft;
  return field.required ? (
    <span className={classes.required}>{wordsOf[options.language].required}</span>
  ) : null;
}

interface BoxProps {
  text: string;
  typed: boolean;
  tall?: boolean;
  icon?: typeof IconCalendar;
}

function Box({ text, typed, tall, icon: Icon }: BoxProps) {
  return (
    <div className={classes.box} data-tall={tall || undefined} data-typed={typed || undefined}>
      <span>{text}</span>
      {Icon && <Icon size={16} stroke={1.7} />}
    </div>
  );
}

function Choices({ field, choices }: { field: DraftField; choices: string[] }) {
  const { t } = useTranslation("forms");
  const chosen = Array.isArray(field.default) ? field.default : [field.default];
  return (
    <div className={classes.choices}>
      {choices.slice(0, mostShown).map((choice, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: while they are typed, two choices can be the same
          key={at}
          className={classes.choice}
          data-chosen={chosen.includes(choice) || undefined}
        >
          <i />
          <span>{field.labels[choice] ?? choice}</span>
        </div>
      ))}
      {choices.length > mostShown && (
        <div className={classes.help}>{t("canvas.more", { count: choices.length - mostShown })}</div>
      )}
    </div>
  );
}
