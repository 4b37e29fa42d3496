// A page that could not be loaded: says why, and offers to try again.
import { Button, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { explain } from "@/kit/explain";
import { NotFound } from "./NotFound";

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const queryClient = useQueryClient();
  if (error instanceof Problem && error.status === 404) return <NotFound />;

  const retry = async () => {
    queryClient.resetQueries({ predicate: (query) => query.state.status === "error" });
    reset();
    await router.invalidate();
  };
  return (
    <Stack component="main" align="center" justify="center" h="100%" mih={320} gap="xs" p="lg" ta="center">
      <Title order={1}>{t("error.title")}</Title>
      <Text c="dimmed" maw={420}>
        {explain(error, t)}
      </Text>
      <Button onClick={retry} mt="sm" variant="default">
        {t("error.retry")}
      </Button>
    </Stack>
  );
}
