// Everything about one field: what it asks, its choices, what may be answered, when it is shown, and what it sets.
import { SegmentedControl, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { FieldType, FormField } from "@/api/forms";
import { useBuilding } from "../context";
import { changed, type DraftField, hasChoices, kinOf, limitsOf, relabelled, withType } from "../draft";
import { typesFor } from "../newField";
import { problemWords } from "../problemWords";
import { fieldIcons } from "../typeIcons";
import { ChoicesEditor } from "./ChoicesEditor";
import { ConditionEditor } from "./ConditionEditor";
import { DefaultEditor } from "./DefaultEditor";
import type { FieldProps } from "./fieldProps";
import { LimitsEditor } from "./LimitsEditor";
import { NameEditor } from "./NameEditor";
import classes from "./Panel.module.css";
import { PropertyEditor } from "./PropertyEditor";

const holding: FieldType[] = ["text", "long_text", "email", "phone", "number", "select"];

export function FieldPanel({ field }: { field: DraftField }) {
  const { t } = useTranslation("forms");
  const { editing, problems } = useBuilding();
  const Icon = fieldIcons[field.type];
  const set = (change: Partial<FormField>, what?: string) =>
    editing.change((now) => changed(now, field.id, change), what && `${field.id} ${what}`);
  const fault = (path: string) => {
    const said = problems.under(field.id, path).map((each) => problemWords(each, t));
    return said.length > 0 ? [...new Set(said)].join(" ") : undefined;
  };
  const props = { field, set, fault };
  const asked = field.type === "consent" || field.type === "checkbox";
  return (
    <div className={classes.panel}>
      <div className={classes.type}>
        <Icon size={17} stroke={1.6} aria-hidden="true" />
        <TypeSelect {...props} />
      </div>
      <Part>
        <Textarea
          label={t(asked ? "panel.statement" : "panel.label")}
          autosize
          minRows={1}
          maxRows={5}
          maxLength={1000}
          value={field.label}
          onChange={(event) => {
            const label = event.currentTarget.value;
            const published = editing.isPublished(field.id);
            editing.change((now) => relabelled(now, field.id, label, published), `${field.id} label`);
          }}
          error={fault("label")}
        />
        <Textarea
          label={t("panel.help")}
          description={t("panel.helpText")}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={1000}
          value={field.help}
          onChange={(event) => set({ help: event.currentTarget.value }, "help")}
          error={fault("help")}
        />
        {holding.includes(field.type) && (
          <TextInput
            label={t("panel.placeholder")}
            maxLength={200}
            value={field.placeholder}
            onChange={(event) => set({ placeholder: event.currentTarget.value }, "placeholder")}
            error={fault("placeholder")}
          />
        )}
        <Switch
          label={t("panel.required")}
          checked={field.required}
          onChange={(event) => set({ required: event.currentTarget.checked })}
          error={fault("required")}
        />
        {field.type !== "consent" && field.type !== "file" && (
          <Switch
            label={t("panel.hidden")}
            description={field.hidden ? t("panel.hiddenText", { name: field.name }) : undefined}
            checked={field.hidden}
            onChange={(event) =>
              set({
                hidden: event.currentTarget.checked,
                ...(event.currentTarget.checked && { show_when: null }),
              })
            }
            error={fault("hidden")}
          />
        )}
        {!field.hidden && (
          <div>
            <span className={classes.label}>{t("panel.width")}</span>
            <SegmentedControl
              fullWidth
              size="xs"
              aria-label={t("panel.width")}
              value={field.width}
              onChange={(width) => set({ width: width as FormField["width"] })}
              data={(["full", "half"] as const).map((width) => ({
                value: width,
                label: t(`panel.${width}`),
              }))}
            />
          </div>
        )}
      </Part>
      {hasChoices(field.type) && (
        <Part title={t("panel.choices")}>
          <ChoicesEditor {...props} />
        </Part>
      )}
      {field.type !== "file" && field.type !== "consent" && (
        <Part title={t("panel.default")}>
          <DefaultEditor {...props} />
        </Part>
      )}
      {limitsOf[field.type].length > 0 && (
        <Part title={t("panel.limits")}>
          <LimitsEditor {...props} />
        </Part>
      )}
      {!field.hidden && (
        <Part title={t("panel.when")}>
          <ConditionEditor {...props} />
        </Part>
      )}
      <Part title={t("panel.kept")}>
        <PropertyEditor {...props} />
        <NameEditor {...props} />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title?: string; children: ReactNode }) {
  const id = useId();
  if (!title) return <div className={classes.part}>{children}</div>;
  return (
    <section className={classes.part} aria-labelledby={id}>
      <h2 id={id} className={classes.heading}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function TypeSelect({ field, fault }: FieldProps) {
  const { t } = useTranslation("forms");
  const { editing, settables } = useBuilding();
  const property = settables.find((each) => each.path === field.property);
  const types = property ? typesFor(property) : kinOf(field.type);
  const offered = types.includes(field.type) ? types : [field.type, ...types];
  return (
    <Select
      size="xs"
      className={classes.typeSelect}
      aria-label={t("panel.type")}
      data={offered.map((type) => ({ value: type, label: t(`type.${type}`) }))}
      value={field.type}
      allowDeselect={false}
      disabled={offered.length === 1}
      onChange={(type) =>
        type &&
        editing.change((now) => ({
          ...now,
          fields: now.fields.map((each) => (each.id === field.id ? withType(each, type as FieldType) : each)),
        }))
      }
      error={fault("type")}
    />
  );
}
