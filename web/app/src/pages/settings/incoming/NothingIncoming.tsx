// An empty log: nothing came yet, or nothing is like that.
import { Stack, Text, ThemeIcon } from "@mantine/core";
import { IconInbox } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function NothingIncoming({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation("settings");
  return (
    <Stack align="center" gap={6} py={56} px="lg" ta="center">
      <ThemeIcon size={48} radius="xl" variant="light">
        <IconInbox size={24} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600} mt={8}>
        {t(filtered ? "incoming.noneSuch" : "incoming.none")}
      </Text>
      <Text c="dimmed" fz="sm" maw={400}>
        {t(filtered ? "incoming.noneSuchText" : "incoming.noneText")}
      </Text>
    </Stack>
  );
}
