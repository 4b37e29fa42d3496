// A page's one thing could not be read: what and why, and once more.
import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { explain } from "@/kit/explain";

interface Props {
  title: string;
  error: Error;
  onRetry: () => void;
}

export function ReadFailed({ title, error, onRetry }: Props) {
  const { t } = useTranslation();
  return (
    <Stack align="center" justify="center" flex={1} gap={6} p="lg" ta="center" role="alert">
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" fz="sm" maw={340}>
        {explain(error, t)}
      </Text>
      <Button variant="default" mt="xs" onClick={onRetry}>
        {t("common:retry")}
      </Button>
    </Stack>
  );
}
