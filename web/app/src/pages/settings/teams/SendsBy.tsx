// By which channel a team writes where no thread says otherwise.
import { Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { newMailQuery } from "@/api/composer";
import { useMay } from "@/api/roles";
import { changeTeam, type Team } from "@/api/teams";
import { toastError } from "@/kit/toast";
import { useFreshTeams } from "./useFreshTeams";

export function SendsBy({ team }: { team: Team }) {
  const { t } = useTranslation("people");
  const mayWrite = useMay("answer");
  const fresh = useFreshTeams();
  const channels = useQuery({ ...newMailQuery(), enabled: mayWrite }).data?.channels ?? [];
  const change = useMutation({
    mutationFn: (sends_by: string | null) => changeTeam(team.id, { sends_by }),
    onSuccess: fresh,
    onError: toastError,
  });
  if (channels.length === 0) return null;
  return (
    <Select
      mt="md"
      maw={420}
      clearable
      label={t("teams.sendsBy")}
      description={t("teams.sendsByHelp")}
      placeholder={t("teams.sendsByNone")}
      data={channels.map(({ id, name, from }) => ({
        value: id,
        label: from ? `${name} (${from.address})` : name,
      }))}
      value={team.sends_by}
      onChange={(id) => change.mutate(id)}
    />
  );
}
