// What is spam although its sender is on no list: each filter is a switch that holds at once.
import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeskSettings } from "@/api/deskSettings";
import { toastError } from "@/kit/toast";
import { useChangeDesk } from "../formdesk/useChangeDesk";
import { Section } from "../ui/Section";
import classes from "./SpamSettings.module.css";

const names = ["automatic", "marketing", "unsubscribe", "role_based"] as const;

export function FiltersSection({ filters, may }: { filters: DeskSettings["spam_filters"]; may: boolean }) {
  const { t } = useTranslation("spam");
  const change = useChangeDesk();
  const asked = change.isPending ? change.variables.spam_filters : undefined;
  return (
    <Section title={t("settings.filters.title")} text={t("settings.filters.text")}>
      <div className={classes.filters}>
        {names.map((name) => (
          <Switch
            key={name}
            disabled={!may}
            label={t(`settings.filters.${name}`)}
            description={t(`settings.filters.${name}Text`)}
            checked={asked?.[name] ?? filters[name]}
            onChange={(event) =>
              change.mutate(
                { spam_filters: { [name]: event.currentTarget.checked } },
                { onError: toastError },
              )
            }
          />
        ))}
      </div>
    </Section>
  );
}
