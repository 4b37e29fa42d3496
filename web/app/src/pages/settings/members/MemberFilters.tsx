// Narrows the list of members: words, team, role, how they stand.
import { Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { teamsQuery } from "@/api/desk";
import { StandingMark } from "@/kit/StandingMark";
import type { Standing } from "@/kit/standing";
import type { MemberFilter } from "./filters";
import classes from "./MembersPage.module.css";
import { useRoleName, useRoles } from "./useRoleName";

interface Props {
  filter: MemberFilter;
  onChange: (filter: MemberFilter) => void;
}

const standings: Standing[] = ["available", "away", "out_of_office"];

export function MemberFilters({ filter, onChange }: Props) {
  const { t } = useTranslation("people");
  const roleName = useRoleName();
  const roles = useRoles();
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  return (
    <search className={classes.filters}>
      <TextInput
        className={classes.search}
        leftSection={<IconSearch size={16} stroke={1.7} />}
        placeholder={t("filter.search")}
        aria-label={t("filter.search")}
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.currentTarget.value })}
      />
      {teams.length > 0 && (
        <Select
          clearable
          aria-label={t("filter.team")}
          placeholder={t("filter.anyTeam")}
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          value={filter.team}
          onChange={(team) => onChange({ ...filter, team })}
        />
      )}
      <Select
        clearable
        aria-label={t("filter.role")}
        placeholder={t("filter.anyRole")}
        data={roles.map((role) => ({ value: role.key, label: roleName(role.key) }))}
        value={filter.role}
        onChange={(role) => onChange({ ...filter, role })}
      />
      <Select
        clearable
        aria-label={t("filter.standing")}
        placeholder={t("filter.anyStanding")}
        leftSection={filter.standing && <StandingMark standing={filter.standing} />}
        data={standings.map((standing) => ({
          value: standing,
          label: t(`common:standing.name.${standing}`),
        }))}
        value={filter.standing}
        onChange={(standing) => onChange({ ...filter, standing: standing as Standing | null })}
      />
    </search>
  );
}
