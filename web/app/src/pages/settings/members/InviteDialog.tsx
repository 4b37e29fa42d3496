// Invites several people at once: addresses, the role they get, a seat or none, and teams.
import { Button, Group, Modal, MultiSelect, Select, Stack, Switch, TagsInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { teamsQuery, useMe } from "@/api/desk";
import { invite, useFreshPeople } from "@/api/people";
import { addressesIn, isAddress } from "@/kit/addresses";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { Links, type PassedOn } from "./InvitationLink";
import { useRoleName, useRoles } from "./useRoleName";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function InviteDialog({ opened, onClose }: Props) {
  const { t } = useTranslation("people");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("invite.title")}
      size={500}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {opened && <InviteForm onClose={onClose} />}
    </Modal>
  );
}

interface Outcome {
  sent: string[];
  links: PassedOn[];
  refused: { email: string; why: string }[];
  fault: string | null;
}

function InviteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("people");
  const { outgoing_mail_ready } = useMe();
  const [emails, setEmails] = useState<string[]>([]);
  const [role, setRole] = useState("agent");
  const [seat, setSeat] = useState(true);
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const { send, outcome, sending, links } = useInvite();
  const unreadable = emails.filter((email) => !isAddress(email));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (emails.length === 0 || unreadable.length > 0) return;
    const { refused, links: made, sent } = await send({ emails, role, seat, team_ids: teamIds });
    setEmails(refused.map((each) => each.email));
    if (refused.length > 0) return;
    if (made.length === 0) {
      toast(t("invite.sent", { count: sent.length }));
      onClose();
    }
  };
  if (links.length > 0 && emails.length === 0) return <Passing links={links} onClose={onClose} />;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {!outgoing_mail_ready && <Note tone="warn">{t("invite.noMail")}</Note>}
        <FaultAlert text={outcome?.fault ?? null} />
        <TagsInput
          label={t("invite.emails")}
          description={t("invite.emailsHelp")}
          placeholder={emails.length === 0 ? t("invite.example") : undefined}
          splitChars={[",", ";"]}
          acceptValueOnBlur
          data-autofocus
          value={emails}
          onChange={(typed) => setEmails([...new Set(typed.flatMap(addressesIn))])}
          error={emailFault(unreadable, outcome, emails, t)}
        />
        <RoleField value={role} onChange={setRole} />
        <Switch
          label={t("access.seat")}
          description={t("access.seatHelp")}
          checked={seat}
          onChange={(event) => setSeat(event.currentTarget.checked)}
        />
        <TeamsField value={teamIds} onChange={setTeamIds} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={sending} disabled={emails.length === 0 || unreadable.length > 0}>
            {t(outgoing_mail_ready ? "invite.send" : "invite.make", { count: emails.length || 1 })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** One after the other: an address that is refused stops none of the others, and stays in its field with the reason. */
function useInvite() {
  const { t } = useTranslation("people");
  const fresh = useFreshPeople();
  const [links, setLinks] = useState<PassedOn[]>([]);
  const { mutateAsync, data, isPending } = useMutation({
    mutationFn: async (wanted: { emails: string[]; role: string; seat: boolean; team_ids: string[] }) => {
      const outcome: Outcome = { sent: [], links: [], refused: [], fault: null };
      const { emails, ...rest } = wanted;
      for (const email of emails) {
        try {
          const { invitation_link } = await invite({ email, ...rest });
          outcome.sent.push(email);
          if (invitation_link) outcome.links.push({ email, link: invitation_link });
        } catch (error) {
          outcome.refused.push({ email, why: explain(error, t) });
        }
      }
      setLinks((known) => [...known, ...outcome.links]);
      await fresh();
      return outcome;
    },
  });
  return { send: mutateAsync, outcome: data, sending: isPending, links };
}

function emailFault(
  unreadable: string[],
  outcome: Outcome | undefined,
  emails: string[],
  t: ReturnType<typeof useTranslation>["t"],
) {
  if (unreadable.length > 0)
    return t("invite.unreadable", { emails: unreadable.join(", "), count: unreadable.length });
  const refused = outcome?.refused.filter((each) => emails.includes(each.email)) ?? [];
  return refused.map(({ email, why }) => `${email}: ${why}`).join(" ") || undefined;
}

function RoleField({ value, onChange }: { value: string; onChange: (role: string) => void }) {
  const { t } = useTranslation("people");
  const roles = useRoles();
  const roleName = useRoleName();
  return (
    <Select
      label={t("access.role")}
      description={t(`roles.about.${value}`, { defaultValue: "" })}
      inputWrapperOrder={["label", "input", "description", "error"]}
      allowDeselect={false}
      checkIconPosition="right"
      data={roles.map((role) => ({ value: role.key, label: roleName(role.key) }))}
      value={value}
      onChange={(role) => role && onChange(role)}
    />
  );
}

function TeamsField({ value, onChange }: { value: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation("people");
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  if (teams.length === 0) return null;
  return (
    <MultiSelect
      label={t("access.teams")}
      placeholder={value.length === 0 ? t("access.noTeams") : undefined}
      data={teams.map((team) => ({ value: team.id, label: team.name }))}
      value={value}
      onChange={onChange}
    />
  );
}

function Passing({ links, onClose }: { links: PassedOn[]; onClose: () => void }) {
  const { t } = useTranslation("people");
  return (
    <>
      <Links links={links} />
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose} data-autofocus>
          {t("invite.done")}
        </Button>
      </Group>
    </>
  );
}
