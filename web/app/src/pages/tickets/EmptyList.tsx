// An empty list says why it is empty and what to do.
import { Button, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/api/channels";
import { useMe } from "@/api/desk";
import type { View } from "@/api/views";
import { openDialog } from "./dialogs";
import { isDefaultKey, viewIcon } from "./views";

export function EmptyList({ slug, view }: { slug: string; view: View }) {
  const { t } = useTranslation("tickets");
  const { can } = useMe();
  const channels = useQuery(channelsQuery());
  const unconnected = channels.data?.items.length === 0;
  const Icon = unconnected ? IconPlugConnected : viewIcon(view.key);
  const why = unconnected ? "noChannel" : isDefaultKey(view.key) ? view.key : "saved";
  return (
    <Stack align="center" gap={6} py={72} px="lg" ta="center">
      <ThemeIcon size={48} radius="xl" variant="light">
        <Icon size={24} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600} mt={8}>
        {t(`empty.${why}.title`)}
      </Text>
      <Text c="dimmed" fz="sm" maw={360}>
        {t(unconnected && !can.manage_channels ? "empty.noChannel.askAdmin" : `empty.${why}.text`)}
      </Text>
      {unconnected && can.manage_channels && (
        <Button component={Link} to={`/a/${slug}/settings/channels`} mt="sm">
          {t("empty.noChannel.action")}
        </Button>
      )}
      {why === "saved" && view.may_edit && (
        <Button mt="sm" variant="default" onClick={() => openDialog({ is: "edit", view })}>
          {t("empty.saved.action")}
        </Button>
      )}
    </Stack>
  );
}
