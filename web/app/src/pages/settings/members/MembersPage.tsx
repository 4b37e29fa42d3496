// Who works in the account: found by name, team, role or how they stand; invited, and opened to be changed.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { teamsQuery } from "@/api/desk";
import { type Member, peopleQuery } from "@/api/people";
import { useMay } from "@/api/roles";
import { explain } from "@/kit/explain";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { everybody, grouped, isFiltered } from "./filters";
import { InviteDialog } from "./InviteDialog";
import { InvitedRow } from "./InvitedRow";
import { MemberFilters } from "./MemberFilters";
import { MemberRow } from "./MemberRow";
import classes from "./MembersPage.module.css";
import { FailedMailsNote } from "./mails/FailedMailsNote";

/** Loads change with every ticket, which is no event about people. */
const loadsAreFreshFor = 20_000;

export function MembersPage() {
  const { t, i18n } = useTranslation("people");
  const members = useQuery({
    ...peopleQuery(),
    refetchOnMount: "always",
    refetchInterval: loadsAreFreshFor,
  });
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  const [filter, setFilter] = useState(everybody);
  const { working, invited, left } = grouped(members.data?.items ?? [], filter, i18n.language);
  const none = working.length + invited.length + left.length === 0;
  return (
    <Page title={t("members.title")} lead={t("members.lead")} actions={<Invite />} wide>
      <FaultAlert text={members.error && explain(members.error, t)} />
      <FailedMailsNote />
      <MemberFilters filter={filter} onChange={setFilter} />
      {members.data && none && (
        <div className={classes.nobody}>
          <p>{t("members.noneFound")}</p>
          {isFiltered(filter) && (
            <Button variant="default" size="xs" onClick={() => setFilter(everybody)}>
              {t("members.showAll")}
            </Button>
          )}
        </div>
      )}
      <Group title={t("members.working", { count: working.length })} members={working}>
        {(member) => <MemberRow key={member.id} member={member} teams={teams} />}
      </Group>
      <Group title={t("members.invited", { count: invited.length })} members={invited}>
        {(member) => <InvitedRow key={member.id} member={member} teams={teams} />}
      </Group>
      <Group title={t("members.left", { count: left.length })} members={left}>
        {(member) => <MemberRow key={member.id} member={member} teams={teams} />}
      </Group>
    </Page>
  );
}

interface GroupProps {
  title: string;
  members: Member[];
  children: (member: Member) => React.ReactNode;
}

function Group({ title, members, children }: GroupProps) {
  if (members.length === 0) return null;
  return (
    <section className={classes.group} aria-label={title}>
      <h2 className={classes.heading}>{title}</h2>
      <ul className={classes.list}>{members.map(children)}</ul>
    </section>
  );
}

function Invite() {
  const { t } = useTranslation("people");
  const [opened, { open, close }] = useDisclosure(false);
  if (!useMay("manage_members")) return null;
  return (
    <>
      <Button leftSection={<IconUserPlus size={17} stroke={1.7} />} onClick={open}>
        {t("invite.action")}
      </Button>
      <InviteDialog opened={opened} onClose={close} />
    </>
  );
}
