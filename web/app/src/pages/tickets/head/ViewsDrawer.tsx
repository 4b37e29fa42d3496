// All views and inboxes on a phone, and the way to make and order them.
import { Button, Drawer, Group } from "@mantine/core";
import { IconAdjustments, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { InboxLinks } from "@/shell/InboxLinks";
import { ViewLinks } from "@/shell/ViewLinks";
import { openDialog } from "../dialogs";

interface Props {
  slug: string;
  opened: boolean;
  onClose: () => void;
}

export function ViewsDrawer({ slug, opened, onClose }: Props) {
  const { t } = useTranslation(["tickets", "views"]);
  const go = (dialog: Parameters<typeof openDialog>[0]) => {
    onClose();
    openDialog(dialog);
  };
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t("views")}
      position="left"
      size={300}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <nav aria-label={t("views")}>
        <ViewLinks slug={slug} roomy onFollow={onClose} />
        <InboxLinks slug={slug} roomy onFollow={onClose} />
      </nav>
      <Group gap={8} mt="lg">
        <Button
          size="xs"
          variant="light"
          leftSection={<IconPlus size={15} stroke={1.8} />}
          onClick={() => go({ is: "new" })}
        >
          {t("views:new")}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconAdjustments size={15} stroke={1.7} />}
          onClick={() => go({ is: "arrange" })}
        >
          {t("views:arrange.title")}
        </Button>
      </Group>
    </Drawer>
  );
}
