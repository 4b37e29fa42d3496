// The account's own properties, in the order in which they stand beside a ticket or contact.
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconArchive, IconPencil, IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Property, PropertyObject } from "@/api/properties";
import { moved, SortableList, SortableRow } from "@/kit/sort/SortableList";
import { Section } from "../ui/Section";
import classes from "./PropertiesPage.module.css";
import { PropertyWhat } from "./PropertyWhat";
import { useChangeProperty } from "./useChangeProperty";

interface Props {
  object: PropertyObject;
  properties: Property[];
  /** With the archived ones, among which the server counts places. */
  all: Property[];
  locked: boolean;
  onEdit: (property: Property) => void;
  onAdd: () => void;
}

export function OwnSection({ object, properties, all, locked, onEdit, onAdd }: Props) {
  const { t } = useTranslation("properties");
  const { place, archive } = useChangeProperty();
  const [shown, setShown] = useState(properties);
  useEffect(() => setShown(properties), [properties]);
  const move = (from: number, to: number) => {
    const property = shown[from];
    const target = shown[to];
    if (!property?.id || !target) return;
    setShown(moved(shown, from, to));
    place.mutate({ id: property.id, position: all.findIndex((one) => one.id === target.id) });
  };
  return (
    <Section title={t("own")} text={properties.length > 0 ? t("ownText") : t(`none.${object}`)}>
      {properties.length === 0 && !locked && (
        <div>
          <Button variant="default" leftSection={<IconPlus size={16} stroke={1.8} />} onClick={onAdd}>
            {t("add")}
          </Button>
        </div>
      )}
      <SortableList
        label={t("own")}
        className={classes.list}
        items={shown.map((one) => ({ id: one.id ?? one.key, name: one.label }))}
        onMove={move}
      >
        {shown.map((property) => (
          <SortableRow
            key={property.id}
            item={{ id: property.id ?? property.key, name: property.label }}
            disabled={locked}
            className={classes.row}
          >
            <PropertyWhat property={property} onOpen={locked ? undefined : () => onEdit(property)} />
            {!locked && (
              <span className={classes.doing}>
                <Tooltip label={t("edit", { name: property.label })}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("edit", { name: property.label })}
                    onClick={() => onEdit(property)}
                  >
                    <IconPencil size={16} stroke={1.7} />
                  </ActionIcon>
                </Tooltip>
                <Tooltip label={t("archive", { name: property.label })}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("archive", { name: property.label })}
                    onClick={() => archive.mutate(property)}
                  >
                    <IconArchive size={16} stroke={1.7} />
                  </ActionIcon>
                </Tooltip>
              </span>
            )}
          </SortableRow>
        ))}
      </SortableList>
    </Section>
  );
}
