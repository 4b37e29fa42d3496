// Gives a team its name: a new one, or one that is there.
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { changeTeam, makeTeam, type Team } from "@/api/teams";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { useFreshTeams } from "./useFreshTeams";

interface Props {
  team?: Team;
  opened: boolean;
  onClose: () => void;
}

export function NameTeam({ team, opened, onClose }: Props) {
  const { t } = useTranslation("people");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(team ? "teams.renameTitle" : "teams.make")}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      {opened && <NameForm team={team} onClose={onClose} />}
    </Modal>
  );
}

function NameForm({ team, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("people");
  const fresh = useFreshTeams();
  const [name, setName] = useState(team?.name ?? "");
  const save = useMutation({
    mutationFn: () => (team ? changeTeam(team.id, { name: name.trim() }) : makeTeam(name.trim())),
    onSuccess: () => {
      if (!team) toast(t("teams.made", { team: name.trim() }));
      onClose();
      return fresh();
    },
  });
  const errors = fieldErrors(save.error, ["name"], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <FaultAlert text={errors.above} />
        <TextInput
          label={t("teams.name")}
          placeholder={t("teams.example")}
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errors.at.name}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" disabled={!name.trim()} loading={save.isPending}>
            {t(team ? "common:save" : "teams.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
