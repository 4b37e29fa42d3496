// An empty list: there is no spam, or none like that.
import { Stack, Text, ThemeIcon } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function NoSpam({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation("spam");
  return (
    <Stack align="center" gap={6} py={56} px="lg" ta="center">
      <ThemeIcon size={48} radius="xl" variant="light">
        <IconShieldCheck size={24} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600} mt={8}>
        {t(filtered ? "none.such" : "none.title")}
      </Text>
      <Text c="dimmed" fz="sm" maw={420}>
        {t(filtered ? "none.suchText" : "none.text")}
      </Text>
    </Stack>
  );
}
