// Making or changing a property beside the list, with the field as agents will see it.
import { Button, Drawer, Group, Select, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import {
  type AskedFor,
  changeProperty,
  createProperty,
  type Property,
  type PropertyObject,
} from "@/api/properties";
import { PropertyField } from "@/kit/properties/PropertyField";
import { hasOptions, typeIcons, types } from "@/kit/properties/types";
import { toast } from "@/kit/toast";
import { CopyField } from "../ui/CopyField";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { bodyOf, draftOf, withType, written } from "./draft";
import { LimitFields } from "./LimitFields";
import { OptionsEditor } from "./OptionsEditor";
import classes from "./PropertyDrawer.module.css";

interface Props {
  object: PropertyObject;
  /** None: a new one. */
  property: Property | null;
  opened: boolean;
  onClose: () => void;
}

export function PropertyDrawer({ object, property, opened, onClose }: Props) {
  const { t } = useTranslation("properties");
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={460}
      title={property ? t("drawer.edit") : t(`drawer.new.${object}`)}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {opened && <Editor object={object} property={property} onClose={onClose} />}
    </Drawer>
  );
}

function Editor({ object, property, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("properties");
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(property));
  const body = bodyOf(object, draft);
  const save = useMutation({
    mutationFn: () => {
      if (!property?.id) return createProperty(body);
      const { label, help, limits, options } = body;
      return changeProperty(property.id, { label, help, limits, ...(hasOptions(draft.type) && { options }) });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: accountKey("properties") });
      if (!property) toast(t("drawer.done", { name: draft.label.trim() }));
      onClose();
    },
  });
  const options = written(draft);
  const fields = [...options.map((_, at) => `options.${at}.label`), "label", "help", ...limitNames];
  const errors = fieldErrors(save.error, fields, t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const Icon = typeIcons[draft.type];
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <Stack gap="md">
        <TextInput
          label={t("drawer.name")}
          placeholder={t(`drawer.namePlaceholder.${object}`)}
          data-autofocus
          maxLength={100}
          value={draft.label}
          onChange={(event) => setDraft({ ...draft, label: event.currentTarget.value })}
          error={errors.at.label}
        />
        <Select
          label={t("type.label")}
          description={property ? t("drawer.fixedType") : t(`typeText.${draft.type}`)}
          inputWrapperOrder={["label", "input", "description", "error"]}
          disabled={!!property}
          allowDeselect={false}
          leftSection={<Icon size={16} stroke={1.6} />}
          data={types.map((type) => ({ value: type, label: t(`type.${type}`) }))}
          renderOption={({ option }) => <TypeOption type={option.value as Property["type"]} />}
          value={draft.type}
          onChange={(type) => type && setDraft(withType(draft, type as Property["type"]))}
          maxDropdownHeight={380}
        />
        {hasOptions(draft.type) && (
          <OptionsEditor
            options={draft.options}
            onChange={(changed) => setDraft({ ...draft, options: changed })}
            errorOf={(id) => errors.at[`options.${options.findIndex((one) => one.id === id)}.label`]}
          />
        )}
        <TextInput
          label={t("drawer.help")}
          description={t("drawer.helpText")}
          maxLength={500}
          value={draft.help}
          onChange={(event) => setDraft({ ...draft, help: event.currentTarget.value })}
          error={errors.at.help}
        />
        <LimitFields
          type={draft.type}
          limits={draft.limits}
          onChange={(limits) => setDraft({ ...draft, limits })}
          errors={errors.at}
        />
        <Preview key={draft.type} asked={{ ...draft, key: property?.key ?? "preview", options }} />
        {property && (
          <div>
            <p className={classes.label}>{t("key")}</p>
            <p className={classes.text}>{t("drawer.keyText")}</p>
            <CopyField value={property.key} label={t("key")} />
          </div>
        )}
        <FaultAlert text={errors.above} />
      </Stack>
      <Group justify="flex-end" gap="xs" className={classes.foot}>
        <Button variant="default" onClick={onClose}>
          {t("common:cancel")}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={!draft.label.trim()}>
          {t(property ? "common:save" : "drawer.create")}
        </Button>
      </Group>
    </form>
  );
}

const limitNames = ["min", "max", "min_length", "max_length", "decimals", "region"].map(
  (name) => `limits.${name}`,
);

function TypeOption({ type }: { type: Property["type"] }) {
  const { t } = useTranslation("properties");
  const Icon = typeIcons[type];
  return (
    <span className={classes.type}>
      <Icon size={17} stroke={1.6} aria-hidden="true" />
      <span>
        {t(`type.${type}`)}
        <span className={classes.typeText}>{t(`typeText.${type}`)}</span>
      </span>
    </span>
  );
}

function Preview({ asked }: { asked: AskedFor }) {
  const { t } = useTranslation("properties");
  const [value, setValue] = useState<unknown>(null);
  const id = useId();
  return (
    <section className={classes.preview} aria-labelledby={id}>
      <h3 id={id} className={classes.label}>
        {t("drawer.preview")}
      </h3>
      <p className={classes.text}>{t("drawer.previewText")}</p>
      <PropertyField
        property={{
          ...asked,
          label: asked.label.trim() || t("drawer.previewName"),
          options: asked.options.map((option, at) => ({ ...option, value: option.value || `new-${at}` })),
        }}
        value={value}
        onChange={setValue}
      />
    </section>
  );
}
