// What the Options menu has for a form channel: the builder (FRM-10), the form itself, and what was sent. Its words are
// the page's own: others would be fetched first, and the menu be gone meanwhile.
import { Menu } from "@mantine/core";
import { IconExternalLink, IconForms, IconTable } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formQuery } from "@/api/forms";
import { useMay } from "@/api/roles";
import type { Channel } from "@/api/types";
import { formSettings } from "./settings";
import { builderOf, submissionsOf } from "./ways";

export function FormOptions({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const may = useMay("manage_forms");
  const { form: id } = formSettings(channel);
  const form = useQuery({ ...formQuery(id), enabled: may }).data;
  if (!may) return null;
  const icon = { size: 16, stroke: 1.6 };
  return (
    <>
      <Menu.Item component={Link} to={builderOf(slug, id)} leftSection={<IconForms {...icon} />}>
        {t("kinds.form.manage")}
      </Menu.Item>
      <Menu.Item component={Link} to={submissionsOf(slug, id)} leftSection={<IconTable {...icon} />}>
        {t("kinds.form.submissions")}
      </Menu.Item>
      <Menu.Item
        component="a"
        href={form?.url}
        target="_blank"
        rel="noopener"
        disabled={!form}
        leftSection={<IconExternalLink {...icon} />}
      >
        {t("kinds.form.open")}
      </Menu.Item>
    </>
  );
}
