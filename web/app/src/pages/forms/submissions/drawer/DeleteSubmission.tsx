// Deleting one submission: what goes, and what stays.
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { deleteSubmission, type Submission } from "@/api/submissions";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import { WhatGoes, WhatStays } from "../DeleteSubmissionsOf";
import { isStaleWithout } from "../stale";

interface Props {
  submission: Submission;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteSubmission({ submission, onClose, onDeleted }: Props) {
  const { t } = useTranslation("submissions");
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteSubmission(submission.form.id, submission.id),
    onSuccess: () => {
      toast(t("delete.done"));
      onDeleted();
    },
    onSettled: () => queryClient.invalidateQueries({ predicate: isStaleWithout }),
  });
  const files = submission.answers.some((answer) => answer.files.length > 0);
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      title={t("delete.title")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack gap="sm">
        <WhatGoes lines={["delete.goesAnswers", ...(files ? ["delete.goesFiles"] : []), "delete.goesRaw"]} />
        <WhatStays
          lines={[
            ...(submission.ticket ? ["delete.staysTicket"] : []),
            ...(submission.contact ? ["delete.staysContact"] : []),
            "delete.staysCounts",
          ]}
        />
        {remove.error && <Note tone="bad">{explain(remove.error, t)}</Note>}
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t("delete.action")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
