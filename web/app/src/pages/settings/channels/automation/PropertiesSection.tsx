// "Set ticket properties for this channel": what every new ticket of it starts with.
import { ActionIcon, Button, Menu, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Property } from "@/api/properties";
import { PropertyField } from "@/kit/properties/PropertyField";
import { Section } from "../../ui/Section";
import type { Faults } from "./faults";
import classes from "./PropertiesSection.module.css";
import { problemWords } from "./problemWords";
import type { Catalogue } from "./useCatalogue";

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
  // What is listed here is set: the field has a value, or it is taken out.
  return (
    <div className={classes.row}>
      <div className={classes.field}>
        {property ? (
          <PropertyField
            property={{ ...property, limits: { ...property.limits, required: true } }}
            value={value}
            onChange={onChange}
            error={error}
          />
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

function firstValue(property: Property): unknown {
  if (property.type === "boolean") return true;
  if (property.type === "multi_select") return [];
  if (property.type === "number" || property.type === "member") return null;
  return property.options.find((option) => !option.archived)?.value ?? "";
}

function without(value: Record<string, unknown>, key: string): Record<string, unknown> {
  const { [key]: _, ...rest } = value;
  return rest;
}
