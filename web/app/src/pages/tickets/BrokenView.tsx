// A view that asks for something that is gone: what, and the way to mend it. It lists nothing meanwhile.
import { Button, Stack, Text, ThemeIcon } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { View } from "@/api/views";
import { openDialog } from "./dialogs";
import { viewFault } from "./editor/faults";

export function BrokenView({ view }: { view: View }) {
  const { t } = useTranslation("views");
  return (
    <Stack align="center" gap={6} py={64} px="lg" ta="center" role="alert">
      <ThemeIcon size={48} radius="xl" variant="light" color="orange">
        <IconPlugConnectedX size={24} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600} mt={8}>
        {t("broken.title")}
      </Text>
      {view.problems.map(({ field, message }) => (
        <Text key={field} c="dimmed" fz="sm" maw={420}>
          {viewFault(message, t)}
        </Text>
      ))}
      <Text c="dimmed" fz="sm" maw={420}>
        {t(view.may_edit ? "broken.text" : "broken.ask", { owner: view.owner?.name ?? "" })}
      </Text>
      {view.may_edit ? (
        <Button mt="sm" onClick={() => openDialog({ is: "edit", view })}>
          {t("broken.mend")}
        </Button>
      ) : (
        <Button mt="sm" variant="default" onClick={() => openDialog({ is: "new", from: view })}>
          {t("saveAs")}
        </Button>
      )}
    </Stack>
  );
}
