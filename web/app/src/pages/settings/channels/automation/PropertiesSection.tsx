// "Set ticket properties for this channel": what every new ticket of it starts with.
import { ActionIcon, Button, Menu, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Property } from "@/api/routing";
import { Section } from "../../ui/Section";
import type { Faults } from "./faults";
import classes from "./PropertiesSection.module.css";
import { problemWords } from "./problemWords";
import type { Catalogue } from "./useCatalogue";
import { optionWords } from "./words";

interface Props {
  value: Record<string, unknown>;
  onChange: (value: Record<string, unknown>) => void;
  catalogue: Catalogue;
  faults: Faults;
  disabled: boolean;
}

export function PropertiesSection({ value, onChange, catalogue, faults, disabled }: Props) {
  const { t } = useTranslation("routing");
  const set = Object.keys(value);
  const left = catalogue.properties.filter((property) => !set.includes(property.key));
  return (
    <Section
      title={t("properties.title")}
      text={t("properties.text")}
      foot={
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} stroke={1.8} />}
              disabled={disabled || left.length === 0}
            >
              {t("properties.add")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
            {left.map((property) => (
              <Menu.Item
                key={property.key}
                onClick={() => onChange({ ...value, [property.key]: firstValue(property) })}
              >
                {catalogue.nameOf(property.key)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      {set.length === 0 && <p className={classes.none}>{t("properties.none")}</p>}
      {set.map((key) => (
        <Row
          key={key}
          name={catalogue.nameOf(key)}
          property={catalogue.find(key)}
          known={catalogue.known}
          value={value[key]}
          onChange={(changed) => onChange({ ...value, [key]: changed })}
          onRemove={() => onChange(without(value, key))}
          fault={faults.under(`properties.${key}`)[0]}
        />
      ))}
    </Section>
  );
}

interface RowProps {
  name: string;
  property: Property | undefined;
  known: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
  onRemove: () => void;
  fault?: string;
}

function Row({ name, property, known, value, onChange, onRemove, fault }: RowProps) {
  const { t } = useTranslation("routing");
  const gone = known && (!property || property.archived);
  const error = gone ? t("properties.gone") : fault && problemWords(fault, t);
  return (
    <div className={classes.row}>
      <div className={classes.field}>
        {property ? (
          <Value label={name} property={property} value={value} onChange={onChange} error={error} />
        ) : (
          <TextInput label={name} value={String(value ?? "")} readOnly error={error} />
        )}
      </div>
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        size={34}
        aria-label={t("properties.remove", { name })}
        onClick={onRemove}
      >
        <IconX size={16} stroke={1.8} />
      </ActionIcon>
    </div>
  );
}

interface ValueProps {
  label: string;
  property: Property;
  value: unknown;
  onChange: (value: unknown) => void;
  error?: string;
}

function Value({ label, property, value, onChange, error }: ValueProps) {
  const { t } = useTranslation("routing");
  const options = property.options.map((option) => ({
    value: option.value,
    label: optionWords(property.key, option, t),
  }));
  if (property.type === "boolean")
    return (
      <Select
        label={label}
        data={[
          { value: "true", label: t("condition.yes") },
          { value: "false", label: t("condition.no") },
        ]}
        value={String(value ?? true)}
        allowDeselect={false}
        onChange={(picked) => onChange(picked === "true")}
        error={error}
      />
    );
  if (options.length > 0 && property.type !== "multi_select")
    return (
      <Select
        label={label}
        data={options}
        value={value ? String(value) : null}
        searchable={options.length > 8}
        allowDeselect={false}
        onChange={onChange}
        error={error}
      />
    );
  if (property.type === "number")
    return (
      <NumberInput label={label} value={value as number} onChange={onChange} error={error} hideControls />
    );
  if (property.type === "multi_select")
    return <TagsInput label={label} value={(value ?? []) as string[]} onChange={onChange} error={error} />;
  return (
    <TextInput
      label={label}
      type={property.type === "date" ? "date" : "text"}
      value={String(value ?? "")}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}

function firstValue(property: Property): unknown {
  if (property.type === "boolean") return true;
  if (property.type === "multi_select") return [];
  return property.options[0]?.value ?? "";
}

function without(value: Record<string, unknown>, key: string): Record<string, unknown> {
  const { [key]: _, ...rest } = value;
  return rest;
}
