// The inside of a dialog that deletes something: what goes, what stays, and its name typed as the proof that it is meant.
import { Button, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "./FaultAlert";
import { fieldErrors } from "./fieldErrors";

interface Props {
  name: string;
  words: Record<"goes" | "stays" | "type" | "action", string>;
  goes: string[];
  stays: string[];
  remove: (typedName: string) => Promise<unknown>;
  onDeleted: () => unknown;
  onClose: () => void;
}

export function DeleteByName({ name, words, goes, stays, remove, onDeleted, onClose }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const removing = useMutation({ mutationFn: () => remove(typed.trim()), onSuccess: onDeleted });
  const errors = fieldErrors(removing.error, ["confirm_name"], t);
  const same = typed.trim() === name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (same) removing.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Fates title={words.goes} fates={goes} />
        <Fates title={words.stays} fates={stays} />
        <FaultAlert text={errors.above} />
        <TextInput
          label={words.type}
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
          <Button type="submit" color="red" disabled={!same} loading={removing.isPending}>
            {words.action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Fates({ title, fates }: { title: string; fates: string[] }) {
  return (
    <div>
      <Text fz="sm" fw={550}>
        {title}
      </Text>
      <List size="sm" mt={3}>
        {fates.map((what) => (
          <List.Item key={what}>{what}</List.Item>
        ))}
      </List>
    </div>
  );
}
