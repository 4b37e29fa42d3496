// "Default ticket properties": where tickets of this form begin and what they start with, set by hidden fields that
// visitors never see (FRM-4).
import { ActionIcon, Button, Menu, Select } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import type { FieldValue } from "@/api/forms";
import { type Property, propertiesQuery } from "@/api/properties";
import type { Pipeline } from "@/api/types";
import { PropertyField } from "@/kit/properties/PropertyField";
import { Section } from "../../../settings/ui/Section";
import { useBuilding } from "../context";
import { changed, type Draft, type DraftField, isPlacing, without } from "../draft";
import { fieldFor, type Settable } from "../newField";
import { problemWords } from "../problemWords";
import { withPlace } from "./places";
import classes from "./Settings.module.css";

export function DefaultProperties() {
  const { t } = useTranslation("forms");
  const { editing, settables } = useBuilding();
  const { draft, change } = editing;
  const set = draft.fields.filter((field) => isDefault(field));
  const left = settables.filter(
    (each) =>
      each.object === "ticket" &&
      !["ticket.subject", "ticket.description"].includes(each.path) &&
      !draft.fields.some((field) => field.property === each.path),
  );
  const add = (property: Settable) =>
    change((now) => {
      const made = fieldFor(
        property,
        now.options.language,
        now.fields.map((field) => field.name),
      );
      const value =
        property.type === "checkbox" ? true : property.type === "select" ? (made.options[0] ?? null) : null;
      const field = { ...made, hidden: true, required: false, default: value };
      return { ...now, fields: [...now.fields, field] };
    });
  return (
    <Section
      title={t("defaults.title")}
      text={t("defaults.text")}
      foot={
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} stroke={1.8} />}
              disabled={left.length === 0}
            >
              {t("defaults.add")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={340} style={{ overflowY: "auto" }}>
            {left.map((property) => (
              <Menu.Item key={property.path} onClick={() => add(property)}>
                {property.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Places />
      {set.map((field) => (
        <Row key={field.id} field={field} />
      ))}
    </Section>
  );
}

/** A hidden field of the ticket that only says what every ticket starts with; where it begins stands apart. */
const isDefault = (field: DraftField) =>
  field.hidden &&
  field.property?.startsWith("ticket.") === true &&
  !["ticket.subject", "ticket.description"].includes(field.property) &&
  !isPlacing(field);

function Places() {
  const { t } = useTranslation("forms");
  const { editing, problems } = useBuilding();
  const { draft, change } = editing;
  const pipelines = useQuery(pipelinesQuery()).data?.items ?? [];
  const pipelineField = fieldAt(draft, "ticket.pipeline");
  const statusField = fieldAt(draft, "ticket.status");
  const usual = pipelines.find((pipeline) => pipeline.is_default);
  const pipeline = pipelines.find((each) => each.id === pipelineField?.default) ?? usual;
  const open = pipeline?.statuses.filter((status) => !status.is_closed) ?? [];
  const wrong = (field: DraftField | undefined) => {
    const said = field && problems.of(field.id)[0]?.message;
    return said && problemWords(said, t);
  };
  const put = (path: "ticket.pipeline" | "ticket.status", value: FieldValue) =>
    change((now) => withPlace(now, path, value, pipelines));
  return (
    <div className={classes.places}>
      <Select
        label={t("defaults.pipeline")}
        placeholder={usual ? t("defaults.usual", { name: usual.name }) : undefined}
        clearable
        clearButtonProps={{ "aria-label": t("defaults.clear") }}
        data={named(pipelines)}
        value={stringOf(pipelineField)}
        onChange={(value) => put("ticket.pipeline", value)}
        error={wrong(pipelineField)}
        disabled={isAsked(draft, "ticket.pipeline")}
        description={isAsked(draft, "ticket.pipeline") ? t("defaults.asked") : undefined}
      />
      <Select
        label={t("defaults.status")}
        placeholder={open[0] ? t("defaults.usual", { name: open[0].name }) : undefined}
        clearable
        clearButtonProps={{ "aria-label": t("defaults.clear") }}
        data={open.map((status) => ({ value: status.key, label: status.name }))}
        value={stringOf(statusField)}
        onChange={(value) => put("ticket.status", value)}
        error={wrong(statusField)}
        disabled={isAsked(draft, "ticket.status")}
        description={isAsked(draft, "ticket.status") ? t("defaults.asked") : undefined}
      />
    </div>
  );
}

const named = (pipelines: Pipeline[]) => pipelines.map(({ id, name }) => ({ value: id, label: name }));
const fieldAt = (draft: Draft, path: string) =>
  draft.fields.find((field) => field.hidden && field.property === path);
/** Whether visitors choose it themselves. */
const isAsked = (draft: Draft, path: string) =>
  draft.fields.some((field) => !field.hidden && field.property === path);
const stringOf = (field: DraftField | undefined) =>
  typeof field?.default === "string" ? field.default : null;

function Row({ field }: { field: DraftField }) {
  const { t } = useTranslation("forms");
  const { editing, problems, settables } = useBuilding();
  const asked = useQuery(propertiesQuery()).data?.items;
  const called = settables.find((each) => each.path === field.property);
  const property = useMemo(
    () => asked?.find((each) => `ticket.${each.key}` === field.property && each.object === "ticket"),
    [asked, field.property],
  );
  if (!property) return null;
  const label = called?.label ?? property.label;
  const said = problems.of(field.id)[0]?.message;
  return (
    <div className={classes.row}>
      <div className={classes.value}>
        <PropertyField
          property={inWords(property, label, field, t)}
          value={field.default}
          onChange={(value) =>
            editing.change(
              (now) => changed(now, field.id, { default: value as FieldValue }),
              `${field.id} default`,
            )
          }
          error={said && problemWords(said, t)}
        />
      </div>
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        size={34}
        aria-label={t("defaults.remove", { name: label })}
        onClick={() => editing.change((now) => without(now, field.id))}
      >
        <IconX size={16} stroke={1.8} />
      </ActionIcon>
    </div>
  );
}

function inWords(
  property: Property,
  label: string,
  field: DraftField,
  t: ReturnType<typeof useTranslation>["t"],
) {
  const options = property.options.map((option) => ({
    ...option,
    label:
      field.property === "ticket.priority"
        ? t(`common:priority.${option.value}`, { defaultValue: option.label })
        : option.label,
  }));
  return { ...property, label, help: "", options };
}
