// Ending an out-of-office period early: it asks whether they are there now, or stay away until their hours say so.
import { Button, Modal, Stack, Text, UnstyledButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type AvailabilityState, endOutOfOffice, type OutOfOffice } from "@/api/availability";
import { useMe } from "@/api/desk";
import { useFreshPeople, type WholeMember } from "@/api/people";
import { explain } from "@/kit/explain";
import { StandingMark } from "@/kit/StandingMark";
import { FaultAlert } from "../../ui/FaultAlert";
import classes from "./MemberPage.module.css";

interface Props {
  member: Pick<WholeMember, "id" | "name">;
  period: OutOfOffice;
  opened: boolean;
  onClose: () => void;
}

export function EndOutOfOffice({ member, period, opened, onClose }: Props) {
  const { t } = useTranslation("people");
  const isMe = useMe().member_id === member.id;
  const fresh = useFreshPeople();
  const end = useMutation({
    mutationFn: (then: AvailabilityState) => endOutOfOffice(period.id, then),
    onSuccess: () => {
      onClose();
      return fresh(member.id);
    },
  });
  const whose = isMe ? "mine" : "theirs";
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(`endOffice.title.${whose}`, { name: member.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      <Stack gap="sm">
        <Text fz="sm">{t("endOffice.text")}</Text>
        <FaultAlert text={end.error && explain(end.error, t)} />
        {(["available", "away"] as const).map((then) => (
          <UnstyledButton
            key={then}
            className={classes.card}
            disabled={end.isPending}
            onClick={() => end.mutate(then)}
          >
            <StandingMark standing={then} size={13} />
            <span>
              <b>{t(`endOffice.${then}`)}</b>
              <span className={classes.hint}>{t(`endOffice.${then}Help`)}</span>
            </span>
          </UnstyledButton>
        ))}
        <Button variant="default" onClick={onClose} ml="auto">
          {t("common:cancel")}
        </Button>
      </Stack>
    </Modal>
  );
}
