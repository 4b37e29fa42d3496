// The contact could not be read: why, and once more.
import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { explain } from "@/kit/explain";

export function ContactFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation("contact");
  return (
    <Stack align="center" justify="center" flex={1} gap={6} p="lg" ta="center" role="alert">
      <Text fw={600}>{t("failed")}</Text>
      <Text c="dimmed" fz="sm" maw={340}>
        {explain(error, t)}
      </Text>
      <Button variant="default" mt="xs" onClick={onRetry}>
        {t("common:retry")}
      </Button>
    </Stack>
  );
}
