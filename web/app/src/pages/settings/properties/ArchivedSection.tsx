// Properties that are not asked for any more, and the way back.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Property } from "@/api/properties";
import { Section } from "../ui/Section";
import classes from "./PropertiesPage.module.css";
import { PropertyWhat } from "./PropertyWhat";
import { useChangeProperty } from "./useChangeProperty";

export function ArchivedSection({ properties, locked }: { properties: Property[]; locked: boolean }) {
  const { t } = useTranslation("properties");
  const { restore } = useChangeProperty();
  if (properties.length === 0) return null;
  return (
    <Section title={t("archived")} text={t("archivedText")}>
      <ul className={classes.list}>
        {properties.map((property) => (
          <li key={property.id} className={classes.row}>
            <PropertyWhat property={property} />
            <Button
              variant="default"
              size="compact-sm"
              disabled={locked}
              aria-label={t("restoreName", { name: property.label })}
              onClick={() => property.id && restore.mutate(property.id)}
            >
              {t("restore")}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
