// A ticket that is out of sight because it is spam: where it can be read, and brought back.
import { Button, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

export function TicketIsSpam({ slug, conversation }: { slug: string; conversation: string }) {
  const { t } = useTranslation("spam");
  return (
    <Stack align="center" justify="center" flex={1} gap="xs" p="lg" ta="center">
      <Title order={1} fz="lg">
        {t("ticket.is")}
      </Title>
      <Text c="dimmed" maw={380}>
        {t("ticket.isText")}
      </Text>
      <Button component={Link} to={`/a/${slug}/spam?open=${conversation}`} mt="sm" variant="default">
        {t("settings.open")}
      </Button>
    </Stack>
  );
}
