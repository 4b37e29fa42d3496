// What the list shows, as a file.
import { Button, Menu } from "@mantine/core";
import { IconBraces, IconDownload, IconTable } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { exportUrl } from "@/api/submissions";
import { filterOf, isNarrowed } from "../filter";
import type { SubmissionsSearch } from "../search";
import classes from "./Filters.module.css";

export function ExportMenu({ form, search }: { form: Form; search: SubmissionsSearch }) {
  const { t } = useTranslation("submissions");
  const filter = filterOf(search);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
          className={classes.columnsButton}
        >
          {t("export.title")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t(isNarrowed(search) ? "export.narrowed" : `export.${filter.state}`)}</Menu.Label>
        <Menu.Item
          component="a"
          href={exportUrl(form.id, "csv", filter)}
          download
          leftSection={<IconTable size={16} stroke={1.6} aria-hidden="true" />}
        >
          {t("export.csv")}
        </Menu.Item>
        <Menu.Item
          component="a"
          href={exportUrl(form.id, "json", filter)}
          download
          leftSection={<IconBraces size={16} stroke={1.6} aria-hidden="true" />}
        >
          {t("export.json")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
