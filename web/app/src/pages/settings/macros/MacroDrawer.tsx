// Writing a macro, with how it reads on a ticket beside it.
import { Button, Drawer, Group, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey, useMe } from "@/api/desk";
import { changeMacro, createMacro, type Macro } from "@/api/macros";
import { whyWords } from "@/kit/macros/whyWords";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { ActionsField } from "./ActionsField";
import { BodyField } from "./BodyField";
import { bodyOf, draftOf, isWhole } from "./draft";
import classes from "./MacroDrawer.module.css";
import { PreviewPane } from "./PreviewPane";
import { SharingField } from "./SharingField";

interface Props {
  /** None: a new one. */
  macro: Macro | null;
  opened: boolean;
  onClose: () => void;
}

export function MacroDrawer({ macro, opened, onClose }: Props) {
  const { t } = useTranslation("macros");
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={1040}
      title={macro ? t("editor.edit", { name: macro.name }) : t("editor.new")}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {opened && <Editor key={macro?.id} macro={macro} onClose={onClose} />}
    </Drawer>
  );
}

const ownFields = ["name", "shortcut", "body_html", "teams", "shared_with"];

function Editor({ macro, onClose }: Omit<Props, "opened">) {
  const { t } = useTranslation("macros");
  const { can } = useMe();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(macro));
  const locked = macro ? !macro.may_edit : !can.answer;
  const body = bodyOf(draft);
  const save = useMutation({
    mutationFn: () => (macro ? changeMacro(macro.id, body) : createMacro(body)),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: accountKey("macros") });
      if (!macro) toast(t("editor.created", { name: saved.name }));
      onClose();
    },
  });
  const rows = draft.actions.flatMap((_, at) => actionFields.map((field) => `actions.${at}.${field}`));
  const errors = fieldErrors(save.error, [...rows, ...ownFields], t);
  const said = (field: string) => errors.at[field] && whyWords(errors.at[field], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!locked) save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      {locked && macro && <Note>{t("editor.read", { name: macro.name })}</Note>}
      <div className={classes.columns}>
        <fieldset disabled={locked} className={classes.fields}>
          <div className={classes.two}>
            <TextInput
              label={t("editor.name")}
              placeholder={t("editor.namePlaceholder")}
              data-autofocus
              maxLength={100}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
              error={said("name")}
            />
            <TextInput
              label={t("editor.shortcut")}
              description={t("editor.shortcutText")}
              inputWrapperOrder={["label", "input", "description", "error"]}
              maxLength={30}
              leftSection={<span aria-hidden="true">/</span>}
              value={draft.shortcut}
              onChange={(event) => setDraft({ ...draft, shortcut: event.currentTarget.value })}
              error={said("shortcut")}
            />
          </div>
          <BodyField
            html={draft.html}
            onHtml={(html) => setDraft((before) => ({ ...before, html }))}
            locked={locked}
            error={said("body_html")}
          />
          <ActionsField
            actions={draft.actions}
            onChange={(actions) => setDraft({ ...draft, actions })}
            faultAt={(at, field) => said(`actions.${at}.${field}`)}
          />
          <SharingField
            sharedWith={draft.sharedWith}
            teams={draft.teams}
            onChange={(sharing) => setDraft({ ...draft, ...sharing })}
            error={said("teams") ?? said("shared_with")}
          />
        </fieldset>
        <PreviewPane html={body.body_html} actions={body.actions} />
      </div>
      <footer className={classes.foot}>
        <FaultAlert text={errors.above && whyWords(errors.above, t)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t(locked ? "common:close" : "common:cancel")}
          </Button>
          {!locked && (
            <Button type="submit" loading={save.isPending} disabled={!isWhole(draft)}>
              {t(macro ? "common:save" : "editor.create")}
            </Button>
          )}
        </Group>
      </footer>
    </form>
  );
}

const actionFields = ["status", "member", "team", "priority", "add", "minutes", "property", "value"];
