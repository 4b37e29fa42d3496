// Asks for a name: of a category, or of a skill.
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { useFreshSkills } from "./useFreshSkills";

interface Props {
  title: string;
  label: string;
  action: string;
  name: string;
  placeholder?: string;
  opened: boolean;
  onClose: () => void;
  onSave: (name: string) => Promise<unknown>;
}

export function NameDialog({ opened, title, onClose, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("common:close") }}
      centered
    >
      {opened && <NameForm onClose={onClose} {...rest} />}
    </Modal>
  );
}

function NameForm({
  label,
  action,
  name: before,
  placeholder,
  onClose,
  onSave,
}: Omit<Props, "opened" | "title">) {
  const { t } = useTranslation("skills");
  const fresh = useFreshSkills();
  const [name, setName] = useState(before);
  const save = useMutation({
    mutationFn: () => onSave(name.trim()),
    onSuccess: () => {
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
          label={label}
          placeholder={placeholder}
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
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
