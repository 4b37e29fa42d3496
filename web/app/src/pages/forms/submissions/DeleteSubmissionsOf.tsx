// Deleting everything that one contact ever submitted, in all forms: what goes, and what stays.
import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { deleteSubmissionsOf } from "@/api/submissions";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import { isStaleWithout } from "./stale";

interface Props {
  contact: { id: string; name: string };
  opened: boolean;
  onClose: () => void;
  onDeleted?: () => void;
}

export function DeleteSubmissionsOf({ contact, opened, onClose, onDeleted }: Props) {
  const { t } = useTranslation("submissions");
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteSubmissionsOf(contact.id),
    onSuccess: ({ deleted }) => {
      toast(t("delete.doneOf", { count: deleted }));
      onClose();
      onDeleted?.();
    },
    onSettled: () => queryClient.invalidateQueries({ predicate: isStaleWithout }),
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      centered
      title={t("delete.titleOf", { name: contact.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack gap="sm">
        <WhatGoes lines={["delete.goesAll", "delete.goesFilesAll", "delete.goesRaw"]} />
        <WhatStays lines={["delete.staysTickets", "delete.staysContact", "delete.staysCounts"]} />
        {remove.error && <Note tone="bad">{explain(remove.error, t)}</Note>}
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t("delete.actionOf")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

export const WhatGoes = ({ lines }: { lines: string[] }) => <Lines title="delete.goes" lines={lines} />;
export const WhatStays = ({ lines }: { lines: string[] }) => <Lines title="delete.stays" lines={lines} />;

function Lines({ title, lines }: { title: string; lines: string[] }) {
  const { t } = useTranslation("submissions");
  return (
    <div>
      <Text fz="sm" fw={550}>
        {t(title)}
      </Text>
      <List size="sm" mt={3}>
        {lines.map((line) => (
          <List.Item key={line}>{t(line)}</List.Item>
        ))}
      </List>
    </div>
  );
}
