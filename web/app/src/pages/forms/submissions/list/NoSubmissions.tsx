// An empty list says why it is empty and what to do.
import { Button, Group, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconExternalLink, IconFilterOff, IconForms, IconLock, IconShieldCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { useNow } from "@/kit/useNow";
import { isNarrowed } from "../filter";
import type { SubmissionsSearch } from "../search";
import { ClearFilters } from "./Filters";

interface Props {
  slug: string;
  form: Form;
  search: SubmissionsSearch;
}

export function NoSubmissions({ slug, form, search }: Props) {
  const { t } = useTranslation("submissions");
  const why = useWhy(form, search);
  const Icon = icons[why];
  return (
    <Stack align="center" gap={6} py={56} px="lg" ta="center">
      <ThemeIcon size={48} radius="xl" variant="light">
        <Icon size={24} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600} mt={8}>
        {t(`empty.${why}.title`)}
      </Text>
      <Text c="dimmed" fz="sm" maw={420}>
        {t(`empty.${why}.text`)}
      </Text>
      {why === "filtered" && <ClearFilters />}
      {why === "none" && (
        <Group mt="sm" gap="xs" justify="center">
          <Button
            component="a"
            href={form.url}
            target="_blank"
            rel="noopener"
            leftSection={<IconExternalLink size={16} stroke={1.7} />}
          >
            {t("openPage")}
          </Button>
          <Button component={Link} to={`/a/${slug}/forms/${form.id}?tab=publish`} variant="default">
            {t("empty.publish")}
          </Button>
        </Group>
      )}
      {why === "closed" && (
        <Button component={Link} to={`/a/${slug}/forms/${form.id}`} variant="default" mt="sm">
          {t("toBuilder")}
        </Button>
      )}
    </Stack>
  );
}

const icons = {
  filtered: IconFilterOff,
  caught: IconShieldCheck,
  closed: IconLock,
  none: IconForms,
};

function useWhy(form: Form, search: SubmissionsSearch): keyof typeof icons {
  const now = useNow();
  if (isNarrowed(search)) return "filtered";
  if (search.state === "caught") return "caught";
  const { closed, closes_at } = form.options;
  return closed || (closes_at !== null && new Date(closes_at) <= now) ? "closed" : "none";
}
