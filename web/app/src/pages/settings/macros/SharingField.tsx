// Who can use a macro: oneself, everyone, or teams.
import { MultiSelect, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { teamsQuery, useMe } from "@/api/desk";
import type { SharedWith } from "@/api/macros";
import classes from "./MacroDrawer.module.css";

interface Props {
  sharedWith: SharedWith;
  teams: string[];
  onChange: (sharing: { sharedWith: SharedWith; teams: string[] }) => void;
  error?: string;
}

export function SharingField({ sharedWith, teams, onChange, error }: Props) {
  const { t } = useTranslation("macros");
  const { can, member_id } = useMe();
  const all = useQuery(teamsQuery()).data?.items ?? [];
  const own = all.filter((team) => can.manage_desk || team.member_ids.includes(member_id));
  const offered = all.filter((team) => own.includes(team) || teams.includes(team.id));
  const mayTeams = can.manage_desk || (can.lead && own.length > 0);
  const choices: SharedWith[] = ["me", "everyone", "teams"];
  const disabled = { me: false, everyone: !can.manage_desk, teams: !mayTeams };
  return (
    <div className={classes.pair}>
      <Select
        label={t("editor.sharing")}
        description={mayTeams ? undefined : t("editor.noSharing")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        data={choices.map((value) => ({
          value,
          label: t(`sharedWith.${value}`),
          disabled: disabled[value] && value !== sharedWith,
        }))}
        value={sharedWith}
        allowDeselect={false}
        onChange={(value) => value && onChange({ sharedWith: value as SharedWith, teams })}
        error={sharedWith === "teams" ? undefined : error}
      />
      {sharedWith === "teams" && (
        <MultiSelect
          label={t("editor.teams")}
          data={offered.map(({ id, name }) => ({ value: id, label: name }))}
          value={teams}
          searchable={offered.length > 8}
          onChange={(picked) => onChange({ sharedWith, teams: picked })}
          error={error}
        />
      )}
    </div>
  );
}
