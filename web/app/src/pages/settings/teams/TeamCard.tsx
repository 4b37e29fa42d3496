// One team: its members with how they belong to it, and what can be done to the team.
import { ActionIcon, Menu, SegmentedControl, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconPencil, IconTrash, IconX } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Member, peopleQuery } from "@/api/people";
import { changeTeam, type Team, type TeamMember } from "@/api/teams";
import { PersonFace, PersonLine } from "@/kit/PersonFace";
import { toastError } from "@/kit/toast";
import { Section } from "../ui/Section";
import { DeleteTeam } from "./DeleteTeam";
import { NameTeam } from "./NameTeam";
import { SendsBy } from "./SendsBy";
import classes from "./TeamsPage.module.css";
import { useFreshTeams } from "./useFreshTeams";

interface Props {
  team: Team;
  mayManage: boolean;
}

export function TeamCard({ team, mayManage }: Props) {
  const { t, i18n } = useTranslation("people");
  const people = useQuery(peopleQuery()).data?.items ?? [];
  const fresh = useFreshTeams();
  const change = useMutation({
    mutationFn: (members: TeamMember[]) => changeTeam(team.id, { members }),
    onSuccess: fresh,
    onError: toastError,
  });
  const shown = team.members
    .flatMap((belongs) => {
      const person = people.find((each) => each.id === belongs.id);
      return person ? [{ person, belongs }] : [];
    })
    .sort((a, b) => a.person.name.localeCompare(b.person.name, i18n.language));
  const without = (id: string) => team.members.filter((each) => each.id !== id);
  return (
    <Section
      title={team.name}
      text={t("teams.members", { count: shown.length })}
      aside={mayManage ? <TeamTools team={team} /> : undefined}
    >
      <ul className={classes.members}>
        {shown.length === 0 && <li className={classes.hint}>{t("teams.nobody")}</li>}
        {shown.map(({ person, belongs }) => (
          <Row
            key={person.id}
            person={person}
            isMain={belongs.is_main}
            mayManage={mayManage}
            onChange={(is_main) => change.mutate([...without(person.id), { id: person.id, is_main }])}
            onRemove={() => change.mutate(without(person.id))}
          />
        ))}
      </ul>
      {mayManage && (
        <AddMember
          people={people.filter((each) => each.active && !team.member_ids.includes(each.id))}
          onAdd={(id) => change.mutate([...team.members, { id, is_main: true }])}
        />
      )}
      {mayManage && <SendsBy team={team} />}
    </Section>
  );
}

interface RowProps {
  person: Member;
  isMain: boolean;
  mayManage: boolean;
  onChange: (isMain: boolean) => void;
  onRemove: () => void;
}

function Row({ person, isMain, mayManage, onChange, onRemove }: RowProps) {
  const { t } = useTranslation("people");
  return (
    <li className={classes.member}>
      <PersonLine person={person} />
      {mayManage ? (
        <span className={classes.tools}>
          <SegmentedControl
            size="xs"
            aria-label={t("teams.howOf", { name: person.name })}
            value={isMain ? "main" : "extra"}
            data={[
              { value: "main", label: t("teams.main") },
              { value: "extra", label: t("teams.extra") },
            ]}
            onChange={(how) => onChange(how === "main")}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={onRemove}
            aria-label={t("teams.removeOf", { name: person.name })}
          >
            <IconX size={16} stroke={1.7} />
          </ActionIcon>
        </span>
      ) : (
        <span className={classes.hint}>{t(isMain ? "teams.main" : "teams.extra")}</span>
      )}
    </li>
  );
}

function AddMember({ people, onAdd }: { people: Member[]; onAdd: (id: string) => void }) {
  const { t, i18n } = useTranslation("people");
  const sorted = [...people].sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  if (sorted.length === 0) return null;
  return (
    <Select
      searchable
      maw={300}
      aria-label={t("teams.add")}
      placeholder={t("teams.add")}
      nothingFoundMessage={t("common:noMatch")}
      data={sorted.map((each) => ({ value: each.id, label: each.name }))}
      renderOption={({ option }) => {
        const person = sorted.find((each) => each.id === option.value);
        return (
          <span className={classes.option}>
            {person && <PersonFace person={person} size={20} tooltip={false} />}
            {option.label}
          </span>
        );
      }}
      value={null}
      onChange={(id) => id && onAdd(id)}
    />
  );
}

function TeamTools({ team }: { team: Team }) {
  const { t } = useTranslation("people");
  const [renaming, rename] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t("teams.tools", { team: team.name })}>
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={rename.open}>
            {t("teams.rename")}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.6} />} onClick={remove.open}>
            {t("teams.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NameTeam team={team} opened={renaming} onClose={rename.close} />
      <DeleteTeam team={team} opened={deleting} onClose={remove.close} />
    </>
  );
}
