// A view that is not there any more, or was never shared with the reader.
import { Button, Stack, Text } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { defaultView } from "./views";

export function NoSuchView() {
  const { t } = useTranslation("tickets");
  const { slug } = useParams({ from: "/a/$slug" });
  return (
    <Stack align="center" gap={6} py={72} px="lg" ta="center">
      <Text fw={600} component="h1" m={0} fz="md">
        {t("view.gone")}
      </Text>
      <Text c="dimmed" fz="sm" maw={360}>
        {t("view.goneText")}
      </Text>
      <Button
        component={Link}
        to="/a/$slug/tickets"
        params={{ slug } as never}
        search={{ view: defaultView } as never}
        mt="sm"
        variant="default"
      >
        {t("view.goneAction")}
      </Button>
    </Stack>
  );
}
