// An empty list says why it is empty and what to do.
import { Button, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/api/channels";
import { useMe } from "@/api/desk";
import { type ViewName, viewIcons } from "./views";

export function EmptyList({ slug, view }: { slug: string; view: ViewName }) {
  const { t } = useTranslation("tickets");
  const { can } = useMe();
  const channels = useQuery(channelsQuery());
  const unconnected = channels.data?.items.length === 0;
  const Icon = unconnected ? IconPlugConnected : viewIcons[view];
  const why = unconnected ? "noChannel" : view;
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
    </Stack>
  );
}
