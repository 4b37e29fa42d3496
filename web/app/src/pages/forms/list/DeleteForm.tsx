// Deleting a form: what goes, what stays, and its name typed as the proof that it is meant. One that a channel carries
// is disconnected first.
import { Button, Group, Modal, Stack } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { deleteForm, type Form, formsQuery } from "@/api/forms";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import { DeleteByName } from "../../settings/ui/DeleteByName";

interface Props {
  form: Form;
  opened: boolean;
  onClose: () => void;
}

export function DeleteForm({ form, opened, onClose }: Props) {
  const { t } = useTranslation("forms");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("delete.title", { name: form.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      {opened &&
        (form.channel ? (
          <Carried form={form} onClose={onClose} />
        ) : (
          <Confirmation form={form} onClose={onClose} />
        ))}
    </Modal>
  );
}

function Carried({ form, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("forms");
  const { slug } = useParams({ from: "/a/$slug" });
  return (
    <Stack gap="md">
      <Note tone="warn">{t("delete.carried", { name: form.channel?.name || t("state.aChannel") })}</Note>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("common:close")}
        </Button>
        {form.channel?.name && (
          <Button component={Link} to={`/a/${slug}/settings/channels/${form.channel.id}`}>
            {t("menu.channel")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Confirmation({ form, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("forms");
  const queryClient = useQueryClient();
  const onDeleted = () => {
    toast(t("delete.done", { name: form.name }));
    onClose();
    return queryClient.invalidateQueries({ queryKey: formsQuery().queryKey });
  };
  return (
    <DeleteByName
      name={form.name}
      words={{
        goes: t("delete.goes"),
        stays: t("delete.stays"),
        type: t("delete.type", { name: form.name }),
        action: t("delete.action"),
      }}
      goes={[t("delete.goesPage"), t("delete.goesSubmissions", { count: form.submissions })]}
      stays={[t("delete.staysTickets")]}
      remove={(typed) => deleteForm(form.id, typed)}
      onDeleted={onDeleted}
      onClose={onClose}
    />
  );
}
