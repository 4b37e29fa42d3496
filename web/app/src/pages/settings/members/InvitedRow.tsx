// Somebody who is invited and has not come yet: mail it again, hand over the link, or withdraw it.
import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconLink, IconMailForward, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { inviteAgain, type Member, useFreshPeople, withdrawInvitation } from "@/api/people";
import { useMay } from "@/api/roles";
import type { Team } from "@/api/types";
import { PersonFace } from "@/kit/PersonFace";
import { Time } from "@/kit/Time";
import { toast, toastError } from "@/kit/toast";
import { InvitationLink } from "./InvitationLink";
import { namesOf } from "./MemberRow";
import classes from "./MembersPage.module.css";
import { useRoleName } from "./useRoleName";

interface Props {
  member: Member;
  teams: Pick<Team, "id" | "name">[];
}

export function InvitedRow({ member, teams }: Props) {
  const { t } = useTranslation("people");
  const roleName = useRoleName();
  const mayManage = useMay("manage_members");
  return (
    <li className={classes.row}>
      <PersonFace person={member} size={36} tooltip={false} />
      <div className={classes.who}>
        <span className={classes.name}>{member.name}</span>
        <span className={classes.more}>{member.email}</span>
      </div>
      <span className={classes.standing}>
        <span className={classes.invited}>{t("members.isInvited")}</span>
        {member.invited_at && (
          <span>
            <Time at={member.invited_at} as="clock" />
          </span>
        )}
      </span>
      <span className={classes.facts}>
        <span>{roleName(member.role)}</span>
        <span className={classes.more}>{namesOf(member, teams)}</span>
      </span>
      <span className={classes.load} />
      {mayManage ? <Tools member={member} /> : <span />}
    </li>
  );
}

function Tools({ member }: { member: Member }) {
  const { t } = useTranslation("people");
  const { outgoing_mail_ready } = useMe();
  const fresh = useFreshPeople();
  const [link, setLink] = useState<string | null>(null);
  const [shown, { open, close }] = useDisclosure(false);
  const again = useMutation({
    mutationFn: () => inviteAgain(member.id),
    onSuccess: (answer) => {
      if (answer?.invitation_link) {
        setLink(answer.invitation_link);
        open();
      } else toast(t("invite.sentAgain", { email: member.email }));
      return fresh();
    },
    onError: toastError,
  });
  const withdraw = useMutation({
    mutationFn: () => withdrawInvitation(member.id),
    onSuccess: () => {
      toast(t("invite.withdrawn", { email: member.email }));
      return fresh();
    },
    onError: toastError,
  });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            loading={again.isPending || withdraw.isPending}
            aria-label={t("invite.tools", { name: member.name })}
          >
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={
              outgoing_mail_ready ? (
                <IconMailForward size={16} stroke={1.6} />
              ) : (
                <IconLink size={16} stroke={1.6} />
              )
            }
            onClick={() => again.mutate()}
          >
            {t(outgoing_mail_ready ? "invite.again" : "invite.newLink")}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} stroke={1.6} />}
            onClick={() => withdraw.mutate()}
          >
            {t("invite.withdraw")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <InvitationLink opened={shown} onClose={close} links={link ? [{ email: member.email, link }] : []} />
    </>
  );
}
