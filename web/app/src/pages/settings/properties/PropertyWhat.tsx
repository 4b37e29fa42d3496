// What a property is, in a line: its type by sign and name, and what limits it.
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Property } from "@/api/properties";
import { hasOptions, typeIcons } from "@/kit/properties/types";
import classes from "./PropertiesPage.module.css";

export function PropertyWhat({ property, onOpen }: { property: Property; onOpen?: () => void }) {
  const { t } = useTranslation("properties");
  const Icon = typeIcons[property.type];
  const { object, key, type, builtin, limits } = property;
  const name = builtin ? t(`builtinName.${object}.${key}`, { defaultValue: property.label }) : property.label;
  const choices = property.options.filter((option) => !option.archived).length;
  const facts = [
    t(`type.${type}`),
    hasOptions(type) && choices > 0 && t("optionCount", { count: choices }),
    limits.required && t("required"),
  ].filter(Boolean);
  const what = (
    <>
      <span className={classes.sign}>
        <Icon size={17} stroke={1.6} aria-hidden="true" />
      </span>
      <span className={classes.words}>
        <span className={classes.name}>{name}</span>
        <span className={classes.facts}>{facts.join(" · ")}</span>
      </span>
      <code className={classes.key} title={t("key")}>
        {key}
      </code>
    </>
  );
  if (!onOpen) return <div className={classes.what}>{what}</div>;
  return (
    <UnstyledButton className={classes.what} onClick={onOpen}>
      {what}
    </UnstyledButton>
  );
}
