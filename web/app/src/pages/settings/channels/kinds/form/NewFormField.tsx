// A form is made right here by its name; its fields are set up in the builder, which leads back.
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { createForm, type FormOptions, formQuery, formsQuery } from "@/api/forms";
import { fieldErrors } from "../../../ui/fieldErrors";
import { builderOnTheWay } from "./ways";

export function NewFormField({ onCancel }: { onCancel?: () => void }) {
  const { t, i18n } = useTranslation("formchannel");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const create = useMutation({
    mutationFn: () =>
      createForm({ name: name.trim(), options: { language: i18n.language as FormOptions["language"] } }),
    onSuccess: (form) => {
      queryClient.setQueryData(formQuery(form.id).queryKey, form);
      queryClient.invalidateQueries({ queryKey: formsQuery().queryKey });
      navigate({ to: builderOnTheWay(slug, form.id) });
    },
  });
  const errors = fieldErrors(create.error, ["name"], t);
  const make = () => name.trim() && create.mutate();
  return (
    <div>
      <TextInput
        label={t("create.name")}
        description={t("create.help")}
        maxLength={200}
        maw={460}
        autoComplete="off"
        autoFocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          // It stands in the wizard's form, whose own button goes on.
          if (event.key !== "Enter") return;
          event.preventDefault();
          make();
        }}
        error={errors.at.name ?? errors.above}
      />
      <Group gap="xs" mt="sm">
        <Button onClick={make} loading={create.isPending} disabled={!name.trim()}>
          {t("create.make")}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t("common:cancel")}
          </Button>
        )}
      </Group>
    </div>
  );
}
