// Leaving: sign-in ends, history stays, and what they have is kept, queued or handed over; all of it can be undone.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { reactivate, useFreshPeople, type WholeMember } from "@/api/people";
import { toast, toastError } from "@/kit/toast";
import { Section } from "../../ui/Section";
import { DeactivateDialog } from "./DeactivateDialog";

export function LeaveSection({ member }: { member: WholeMember }) {
  const { t } = useTranslation("people");
  const isMe = useMe().member_id === member.id;
  if (!member.active) return <ComeBack member={member} />;
  if (isMe) return <Section title={t("leave.title")} text={t("leave.notOneself")} />;
  return <Leave member={member} />;
}

function Leave({ member }: { member: WholeMember }) {
  const { t } = useTranslation("people");
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <Section
      title={t("leave.title")}
      text={t("leave.text")}
      foot={
        <Button variant="default" c="var(--k-danger)" onClick={open}>
          {t("leave.action", { name: member.name })}
        </Button>
      }
    >
      <DeactivateDialog member={member} opened={opened} onClose={close} />
    </Section>
  );
}

function ComeBack({ member }: { member: WholeMember }) {
  const { t } = useTranslation("people");
  const fresh = useFreshPeople();
  const change = useMutation({
    mutationFn: () => reactivate(member.id),
    onSuccess: () => {
      toast(t("leave.backAgain", { name: member.name }));
      return fresh(member.id);
    },
    onError: toastError,
  });
  return (
    <Section
      title={t("leave.goneTitle")}
      text={t("leave.goneText")}
      foot={
        <Button onClick={() => change.mutate()} loading={change.isPending}>
          {t("leave.reactivate", { name: member.name })}
        </Button>
      }
    />
  );
}
