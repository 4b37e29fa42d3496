// A path that leads nowhere.
import { Button, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Stack component="main" align="center" justify="center" h="100%" mih={320} gap="xs" p="lg" ta="center">
      <Title order={1}>{t("notFound.title")}</Title>
      <Text c="dimmed">{t("notFound.text")}</Text>
      <Button component={Link} to="/" mt="sm" variant="default">
        {t("notFound.back")}
      </Button>
    </Stack>
  );
}
