// A new form: what it is called, in which language it asks, and what it starts from.
import { Button, Group, Modal, Radio, Select, Stack, TextInput } from "@mantine/core";
import { IconFile, IconMessage, IconPackageExport, IconTool } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { createForm, type FormOptions, formQuery, formsQuery } from "@/api/forms";
import { FaultAlert } from "../../settings/ui/FaultAlert";
import { fieldErrors } from "../../settings/ui/fieldErrors";
import classes from "./FormsPage.module.css";
import { formFrom, type Starter, starters } from "./starters";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function CreateForm({ opened, onClose }: Props) {
  const { t } = useTranslation("forms");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("create.title")}
      size={520}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {opened && <Fields onClose={onClose} />}
    </Modal>
  );
}

const icons: Record<Starter, typeof IconFile> = {
  blank: IconFile,
  contact: IconMessage,
  return: IconPackageExport,
  problem: IconTool,
};

function Fields({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation("forms");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const [language, setLanguage] = useState<FormOptions["language"]>(i18n.language === "sv" ? "sv" : "en");
  const [starter, setStarter] = useState<Starter>("blank");
  const create = useMutation({
    mutationFn: () => createForm(formFrom(starter, name.trim(), language)),
    onSuccess: (form) => {
      queryClient.setQueryData(formQuery(form.id).queryKey, form);
      queryClient.invalidateQueries({ queryKey: formsQuery().queryKey });
      navigate({ to: "/a/$slug/forms/$formId", params: { slug, formId: form.id } });
    },
  });
  const errors = fieldErrors(create.error, ["name"], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) create.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t("create.name")}
          description={t("create.nameText")}
          maxLength={200}
          autoComplete="off"
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errors.at.name}
        />
        <Select
          label={t("create.language")}
          allowDeselect={false}
          data={[
            { value: "en", label: "English" },
            { value: "sv", label: "Svenska" },
          ]}
          value={language}
          onChange={(picked) => picked && setLanguage(picked as typeof language)}
        />
        <Radio.Group
          label={t("create.from")}
          value={starter}
          onChange={(picked) => setStarter(picked as Starter)}
        >
          <div className={classes.starters}>
            {starters.map((each) => {
              const Icon = icons[each];
              return (
                <Radio.Card
                  key={each}
                  value={each}
                  className={classes.starter}
                  aria-label={t(`starter.${each}.name`)}
                >
                  <Icon size={20} stroke={1.6} aria-hidden="true" />
                  <span>
                    <b>{t(`starter.${each}.name`)}</b>
                    <span className={classes.small}>{t(`starter.${each}.text`)}</span>
                  </span>
                </Radio.Card>
              );
            })}
          </div>
        </Radio.Group>
        <FaultAlert text={errors.above} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" disabled={!name.trim()} loading={create.isPending}>
            {t("create.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
