// Deleting a team: what stays, and which channels would be closed to nearly everybody.
import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { removeTeam, type Team } from "@/api/teams";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { useFreshTeams } from "./useFreshTeams";

interface Props {
  team: Team;
  opened: boolean;
  onClose: () => void;
}

export function DeleteTeam({ team, opened, onClose }: Props) {
  const { t } = useTranslation("people");
  const fresh = useFreshTeams();
  const remove = useMutation({
    mutationFn: (force: boolean) => removeTeam(team.id, force),
    onSuccess: () => {
      toast(t("teams.deleted", { team: team.name }));
      onClose();
      return fresh();
    },
  });
  const closed = closedChannels(remove.error);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("teams.deleteTitle", { team: team.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      <Stack gap="md">
        <Text fz="sm">{t("teams.deleteText")}</Text>
        {closed ? (
          <Note tone="warn" title={t("teams.inUse")}>
            <List size="sm">
              {closed.map((channel) => (
                <List.Item key={channel.id}>{channel.name}</List.Item>
              ))}
            </List>
            {t("teams.force")}
          </Note>
        ) : (
          <FaultAlert text={remove.error && explain(remove.error, t)} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("common:cancel")}
          </Button>
          <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate(closed !== null)}>
            {t("teams.deleteAction")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The channels that are open to this team alone, where that is why it was refused. */
function closedChannels(error: unknown): { id: string; name: string }[] | null {
  if (!(error instanceof Problem) || error.kind !== "team-in-use") return null;
  return (error.body.channels as { id: string; name: string }[] | undefined) ?? [];
}
