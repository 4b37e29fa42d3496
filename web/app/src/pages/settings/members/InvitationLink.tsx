// Without outgoing mail the inviter passes the links on: each opens once and sets a password.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyField } from "../ui/CopyField";

export interface PassedOn {
  email: string;
  link: string;
}

interface Props {
  opened: boolean;
  onClose: () => void;
  links: PassedOn[];
}

export function InvitationLink({ opened, onClose, links }: Props) {
  const { t } = useTranslation("people");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("invite.linksTitle", { count: links.length })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      <Links links={links} />
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>{t("invite.done")}</Button>
      </Group>
    </Modal>
  );
}

export function Links({ links }: { links: PassedOn[] }) {
  const { t } = useTranslation("people");
  return (
    <Stack gap="sm">
      <Text fz="sm">{t("invite.linksText")}</Text>
      {links.map(({ email, link }) => (
        <div key={email}>
          <Text fz="xs" c="dimmed" mb={3}>
            {email}
          </Text>
          <CopyField value={link} label={t("invite.linkOf", { email })} />
        </div>
      ))}
    </Stack>
  );
}
