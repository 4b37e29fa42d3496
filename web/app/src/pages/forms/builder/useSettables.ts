// The properties that fields can set, built-in ones in the reader's language.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { propertiesQuery } from "@/api/properties";
import { type Settable, settables } from "./newField";

export function useSettables(): Settable[] {
  const { t } = useTranslation("forms");
  const properties = useQuery(propertiesQuery()).data?.items;
  return useMemo(
    () =>
      settables(properties ?? [], (path, label) =>
        t(`property.${path.replace(".", "_")}`, { defaultValue: label }),
      ),
    [properties, t],
  );
}
