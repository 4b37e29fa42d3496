// The list could not be read: why, and once more.
import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { explain } from "@/kit/explain";

export function FailedList({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation("tickets");
  return (
    <Stack align="center" gap={6} py={64} px="lg" ta="center" role="alert">
      <Text fw={600}>{t("listFailed")}</Text>
      <Text c="dimmed" fz="sm" maw={340}>
        {explain(error, t)}
      </Text>
      <Button variant="default" mt="xs" onClick={onRetry}>
        {t("common:retry")}
      </Button>
    </Stack>
  );
}
