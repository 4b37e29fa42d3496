// Nothing is connected yet: what a channel is, and the way to the first.
import { Stack, Text, ThemeIcon } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ChannelsPage.module.css";

export function NoChannels({ action }: { action: ReactNode }) {
  const { t } = useTranslation("settings");
  return (
    <Stack align="center" gap={6} py={56} px="lg" ta="center" className={classes.empty}>
      <ThemeIcon size={48} radius="xl" variant="light">
        <IconPlugConnected size={24} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600} mt={8}>
        {t("channels.none")}
      </Text>
      <Text c="dimmed" fz="sm" maw={400} mb="sm">
        {t(action ? "channels.noneText" : "channels.noneAskAdmin")}
      </Text>
      {action}
    </Stack>
  );
}
