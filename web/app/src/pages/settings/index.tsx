// Settings of the account and of oneself; the rest of the path says which part.
import { Container, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function SettingsPage() {
  const { t } = useTranslation("settings");
  return (
    <Container size="md" py="xl">
      <Title order={1}>{t("title")}</Title>
    </Container>
  );
}
