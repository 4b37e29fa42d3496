// The properties that every account has.
import { useTranslation } from "react-i18next";
import type { Property } from "@/api/properties";
import { Section } from "../ui/Section";
import classes from "./PropertiesPage.module.css";
import { PropertyWhat } from "./PropertyWhat";

export function BuiltinSection({ properties }: { properties: Property[] }) {
  const { t } = useTranslation("properties");
  return (
    <Section title={t("builtin")} text={t("builtinText")}>
      <ul className={classes.list}>
        {properties.map((property) => (
          <li key={property.key} className={classes.row}>
            <PropertyWhat property={property} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
