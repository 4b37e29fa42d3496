// Deactivating somebody: what becomes of their tickets is chosen before, shown as a list, and undone after.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { undoHandOver } from "@/api/handOvers";
import { deactivate, type Member, reactivate, useFreshPeople } from "@/api/people";
import { explain } from "@/kit/explain";
import { offerUndo } from "@/kit/offerUndo";
import { toastError } from "@/kit/toast";
import { FaultAlert } from "../../ui/FaultAlert";
import { fateOf, TicketsFate, type TicketsFateValue } from "./TicketsFate";

interface Props {
  member: Pick<Member, "id" | "name">;
  opened: boolean;
  onClose: () => void;
}

export function DeactivateDialog({ member, opened, onClose }: Props) {
  const { t } = useTranslation("people");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("leave.dialog", { name: member.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      size={480}
      centered
    >
      {opened && <Confirmation member={member} onClose={onClose} />}
    </Modal>
  );
}

function Confirmation({ member, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("people");
  const [fate, setFate] = useState<TicketsFateValue>({ how: "queue", to: null });
  const { leave, fault, leaving } = useLeave(member, onClose);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tickets = fateOf(fate);
    if (tickets) leave(tickets);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text fz="sm">{t("leave.whatHappens")}</Text>
        <FaultAlert text={fault && explain(fault, t)} />
        <TicketsFate member={member} value={fate} onChange={setFate} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("common:cancel")}
          </Button>
          <Button type="submit" color="red.9" loading={leaving} disabled={fateOf(fate) === null}>
            {t("leave.confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useLeave(member: Props["member"], onDone: () => void) {
  const { t } = useTranslation("people");
  const fresh = useFreshPeople();
  const undo = useMutation({
    mutationFn: async (handOver: string | null) => {
      await reactivate(member.id);
      if (handOver) await undoHandOver(handOver);
    },
    onError: toastError,
    onSettled: () => fresh(member.id),
  });
  const { mutate, error, isPending } = useMutation({
    mutationFn: (tickets: Parameters<typeof deactivate>[1]) => deactivate(member.id, tickets),
    onSuccess: ({ hand_over_id }) => {
      onDone();
      offerUndo(t("leave.done", { name: member.name }), () => undo.mutate(hand_over_id), {
        id: `left-${member.id}`,
        lasts: 15_000,
      });
      return fresh(member.id);
    },
  });
  return { leave: mutate, fault: error, leaving: isPending };
}
