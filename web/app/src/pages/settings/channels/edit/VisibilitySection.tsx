// Who sees the channel and its tickets: everybody in the account, or chosen teams.
import { Checkbox, Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { teamsQuery } from "@/api/desk";
import type { Channel } from "@/api/types";
import { FaultAlert } from "../../ui/FaultAlert";
import { fieldErrors } from "../../ui/fieldErrors";
import { SaveButton } from "../../ui/SaveButton";
import { Section } from "../../ui/Section";
import { useChangeChannel } from "../useChangeChannel";
import { useSectionForm } from "./useSectionForm";

export function VisibilitySection({ channel }: { channel: Channel }) {
  const { t } = useTranslation("settings");
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  const form = useSectionForm({ open_to: channel.open_to, team_ids: channel.team_ids });
  const change = useChangeChannel(channel.id);
  const errors = fieldErrors(change.error, ["open_to", "team_ids"], t);
  const { open_to, team_ids } = form.value;
  const save = () =>
    change.mutate({ open_to, team_ids: open_to === "teams" ? team_ids : [] }, { onSuccess: form.settle });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (form.dirty) save();
      }}
    >
      <Section
        title={t("visibility.title")}
        text={t("visibility.text")}
        foot={
          <SaveButton
            dirty={form.dirty}
            saving={change.isPending}
            savedAt={change.isSuccess ? change.submittedAt : 0}
          />
        }
      >
        <FaultAlert text={errors.above} />
        <Radio.Group
          aria-label={t("visibility.title")}
          value={open_to}
          onChange={(to) => form.set({ ...form.value, open_to: to as Channel["open_to"] })}
          error={errors.at.open_to}
        >
          <Stack gap={9}>
            <Radio value="account" label={t("visibility.account")} />
            <Radio value="teams" label={t("visibility.teams")} disabled={teams.length === 0} />
          </Stack>
        </Radio.Group>
        {open_to === "teams" && (
          <Checkbox.Group
            label={t("visibility.which")}
            value={team_ids}
            onChange={(ids) => form.set({ ...form.value, team_ids: ids })}
            error={errors.at.team_ids}
          >
            <Stack gap={9} mt={6}>
              {teams.map((team) => (
                <Checkbox key={team.id} value={team.id} label={team.name} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
      </Section>
    </form>
  );
}
