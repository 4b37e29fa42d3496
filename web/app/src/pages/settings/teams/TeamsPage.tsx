// Who works together: teams with their main and extra members, made, renamed and deleted.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { teamsQuery } from "@/api/desk";
import { useMay } from "@/api/roles";
import { explain } from "@/kit/explain";
import { FaultAlert } from "../ui/FaultAlert";
import { Page } from "../ui/Page";
import { NameTeam } from "./NameTeam";
import { TeamCard } from "./TeamCard";
import classes from "./TeamsPage.module.css";

export function TeamsPage() {
  const { t, i18n } = useTranslation("people");
  const teams = useQuery(teamsQuery());
  const mayManage = useMay("manage_members");
  const [opened, { open, close }] = useDisclosure(false);
  const sorted = [...(teams.data?.items ?? [])].sort((a, b) => a.name.localeCompare(b.name, i18n.language));
  const make = mayManage && (
    <Button leftSection={<IconPlus size={17} stroke={1.7} />} onClick={open}>
      {t("teams.make")}
    </Button>
  );
  return (
    <Page title={t("teams.title")} lead={t("teams.lead")} actions={sorted.length > 0 && make}>
      <FaultAlert text={teams.error && explain(teams.error, t)} />
      {teams.data && sorted.length === 0 && (
        <div className={classes.empty}>
          <IconUsers size={34} stroke={1.3} aria-hidden="true" />
          <b>{t("teams.none")}</b>
          <p>{t("teams.noneText")}</p>
          {make}
        </div>
      )}
      {sorted.map((team) => (
        <TeamCard key={team.id} team={team} mayManage={mayManage} />
      ))}
      {sorted.length > 0 && <p className={classes.hint}>{t("teams.aboutMain")}</p>}
      <NameTeam opened={opened} onClose={close} />
    </Page>
  );
}
