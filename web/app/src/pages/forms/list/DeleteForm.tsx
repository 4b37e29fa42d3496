// Deleting a form: what goes, what stays, and its name typed as the proof that it is meant. One that a channel carries
// is disconnected first.
import { Button, Group, List, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { deleteForm, type Form, formsQuery } from "@/api/forms";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../../settings/ui/FaultAlert";
import { fieldErrors } from "../../settings/ui/fieldErrors";

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
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () => deleteForm(form.id, typed.trim()),
    onSuccess: () => {
      toast(t("delete.done", { name: form.name }));
      onClose();
      return queryClient.invalidateQueries({ queryKey: formsQuery().queryKey });
    },
  });
  const errors = fieldErrors(remove.error, ["confirm_name"], t);
  const same = typed.trim() === form.name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (same) remove.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <div>
          <Text fz="sm" fw={550}>
            {t("delete.goes")}
          </Text>
          <List size="sm" mt={3}>
            <List.Item>{t("delete.goesPage")}</List.Item>
            <List.Item>{t("delete.goesSubmissions", { count: form.submissions })}</List.Item>
          </List>
        </div>
        <div>
          <Text fz="sm" fw={550}>
            {t("delete.stays")}
          </Text>
          <List size="sm" mt={3}>
            <List.Item>{t("delete.staysTickets")}</List.Item>
          </List>
        </div>
        <FaultAlert text={errors.above} />
        <TextInput
          label={t("delete.type", { name: form.name })}
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={errors.at.confirm_name}
        />
        <Group justify="flex-end" gap="xs" mt={4}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" color="red" disabled={!same} loading={remove.isPending}>
            {t("delete.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
