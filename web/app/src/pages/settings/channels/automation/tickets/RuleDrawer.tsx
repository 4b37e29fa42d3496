// A rule while it is written: its name, when it runs, if, and what it does. Nothing is kept before it is saved.
import { Button, Drawer, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Automation, AutomationDraft, Trigger } from "@/api/automations";
import { ConditionBuilder } from "@/kit/condition/ConditionBuilder";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../../../ui/FaultAlert";
import { useAsked } from "../useAsked";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { ActionRow } from "./ActionRow";
import { forServer, newAction } from "./draft";
import classes from "./RuleDrawer.module.css";
import { type RuleErrors, ruleErrors, saidOf } from "./ruleErrors";
import { useSaveRule } from "./useAutomations";

interface Props {
  channelId: string;
  /** null: a new one. */
  rule: Automation | null;
  start: AutomationDraft;
  names: Names;
  catalogue: Catalogue;
  onClose: () => void;
}

const triggers: readonly Trigger[] = ["created", "customer_answered", "agent_answered", "status_changed"];

export function RuleDrawer({ channelId, rule, start, names, catalogue, onClose }: Props) {
  const { t } = useTranslation("automation");
  const [draft, setDraft] = useState(start);
  const [leaving, setLeaving] = useState(false);
  const save = useSaveRule(channelId, rule);
  const dirty = JSON.stringify(draft) !== JSON.stringify(start);
  // What became wrong by itself stands at its field until something is refused.
  const errors: RuleErrors = save.error
    ? ruleErrors(save.error, t)
    : { ...saidOf(rule?.problems ?? [], t), above: null, count: 0 };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(forServer(draft), {
      onSuccess: () => {
        toast(t("common:saved"));
        onClose();
      },
    });
  };
  return (
    <Drawer
      opened
      onClose={() => (dirty ? setLeaving(true) : onClose())}
      title={t(rule ? "editor.edit" : "editor.new")}
      position="right"
      size={680}
      closeButtonProps={{ "aria-label": t("common:close") }}
      classNames={{ body: classes.drawer }}
    >
      <form onSubmit={submit} noValidate className={classes.form}>
        <Fields draft={draft} onChange={setDraft} names={names} catalogue={catalogue} errors={errors} />
        <footer className={classes.foot}>
          <FaultAlert text={errors.above} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => (dirty ? setLeaving(true) : onClose())}>
              {t("editor.cancel")}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(rule ? "editor.save" : "editor.create")}
            </Button>
          </Group>
        </footer>
      </form>
      <Leave opened={leaving} onStay={() => setLeaving(false)} onLeave={onClose} />
    </Drawer>
  );
}

interface FieldsProps {
  draft: AutomationDraft;
  onChange: (draft: AutomationDraft) => void;
  names: Names;
  catalogue: Catalogue;
  errors: RuleErrors;
}

function Fields({ draft, onChange, names, catalogue, errors }: FieldsProps) {
  const { t } = useTranslation(["automation", "routing"]);
  const asked = useAsked(names);
  const set = (some: Partial<AutomationDraft>) => onChange({ ...draft, ...some });
  return (
    <Stack gap={20}>
      <TextInput
        label={t("editor.name")}
        placeholder={t("editor.namePlaceholder")}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={errors.at("name")}
        data-autofocus
      />
      <Select
        label={t("editor.trigger")}
        data={triggers.map((value) => ({ value, label: t(`trigger.${value}`) }))}
        value={draft.trigger}
        allowDeselect={false}
        onChange={(trigger) => set({ trigger: trigger as Trigger })}
      />
      <fieldset className={classes.part}>
        <legend>{t("editor.condition")}</legend>
        {Object.keys(draft.condition).length === 0 && (
          <p className={classes.hint}>{t("editor.conditionNone")}</p>
        )}
        <ConditionBuilder
          value={draft.condition}
          onChange={(condition) => set({ condition })}
          asked={asked}
          said={errors}
          path="condition"
        />
        <Fault text={errors.at("condition")} />
      </fieldset>
      <fieldset className={classes.part}>
        <legend>{t("editor.actions")}</legend>
        {draft.actions.length === 0 && <p className={classes.hint}>{t("editor.actionsNone")}</p>}
        <ol className={classes.actions}>
          {draft.actions.map((action, at) => (
            <ActionRow
              // biome-ignore lint/suspicious/noArrayIndexKey: actions have no names, and hold nothing of their own
              key={at}
              action={action}
              onChange={(changed) => set({ actions: draft.actions.toSpliced(at, 1, changed) })}
              onRemove={() => set({ actions: draft.actions.toSpliced(at, 1) })}
              names={names}
              catalogue={catalogue}
              faultAt={(field) => errors.at(`actions.${at}.${field}`)}
            />
          ))}
        </ol>
        <Fault text={errors.at("actions")} />
        <Button
          size="compact-sm"
          variant="subtle"
          ml={-8}
          leftSection={<IconPlus size={14} />}
          onClick={() => set({ actions: [...draft.actions, newAction("priority")] })}
        >
          {t("editor.addAction")}
        </Button>
      </fieldset>
    </Stack>
  );
}

function Fault({ text }: { text?: string }) {
  return text ? (
    <p className={classes.fault} role="alert">
      {text}
    </p>
  ) : null;
}

function Leave({ opened, onStay, onLeave }: { opened: boolean; onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation("automation");
  return (
    <Modal
      opened={opened}
      onClose={onStay}
      title={t("editor.leave")}
      closeButtonProps={{ "aria-label": t("common:close") }}
      zIndex={300}
    >
      <p className={classes.hint}>{t("editor.leaveText")}</p>
      <Group justify="flex-end" gap="sm">
        <Button variant="subtle" color="red" onClick={onLeave}>
          {t("editor.leaveYes")}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {t("editor.leaveNo")}
        </Button>
      </Group>
    </Modal>
  );
}
