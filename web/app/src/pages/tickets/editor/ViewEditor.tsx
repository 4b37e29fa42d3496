// A view while it is written: its name, what it asks for, how it is shown, who has it. Nothing is kept before it is saved.
import { Button, Drawer, Group, Modal } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import type { View } from "@/api/views";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { defaultView, useViews } from "../views";
import { type Draft, draftOf, isChanged, isOvertaken, newDraft } from "./draft";
import { saidOf } from "./faults";
import { useDeleteView, useSaveView } from "./useSaving";
import classes from "./ViewEditor.module.css";
import { ViewFields } from "./ViewFields";

interface Props {
  slug: string;
  /** null: a new one. */
  view: View | null;
  from?: View;
  onClose: () => void;
}

export function ViewEditor({ slug, view, from, onClose }: Props) {
  const { t } = useTranslation("views");
  const navigate = useNavigate();
  const [start, setStart] = useState(() => ({
    draft: view ? draftOf(view) : newDraft(from),
    version: view?.version ?? 0,
  }));
  const [draft, setDraft] = useState<Draft>(start.draft);
  const [leaving, setLeaving] = useState(false);
  const { views } = useViews();
  const theirs = view && views.find(({ key }) => key === view.key);
  const { save, saveAs } = useSaveView(view, (saved) => {
    onClose();
    navigate({ to: "/a/$slug/tickets", params: { slug }, search: { view: saved.key } });
  });
  const remove = useDeleteView();
  const changed = isChanged(draft, start.draft);
  const error = save.error ?? saveAs.error;
  const overtaken =
    isOvertaken(error) || (theirs !== null && (theirs?.version ?? start.version) > start.version);
  const refused = error instanceof Problem ? error.errors : [];
  const said = saidOf(error ? refused : (view?.problems ?? []), t);
  const close = () => (changed ? setLeaving(true) : onClose());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (view) save.mutate({ draft, was: start.draft, version: start.version });
    else saveAs.mutate(draft);
  };
  const takeTheirs = () => {
    if (!theirs) return;
    const draft = draftOf(theirs);
    setStart({ draft, version: theirs.version });
    setDraft(draft);
    save.reset();
  };
  const keepMine = () => {
    if (!theirs) return;
    const was = draftOf(theirs);
    setStart({ draft: was, version: theirs.version });
    save.mutate({ draft, was, version: theirs.version });
  };
  return (
    <Drawer
      opened
      onClose={close}
      title={t(view ? "editor.edit" : "editor.new")}
      position="right"
      size={700}
      closeButtonProps={{ "aria-label": t("common:close") }}
      classNames={{ body: classes.drawer }}
    >
      <form onSubmit={submit} noValidate className={classes.form}>
        <ViewFields draft={draft} onChange={setDraft} said={said} owner={view?.owner ?? null} />
        <footer className={classes.foot}>
          {overtaken && (
            <Note tone="warn">
              <p className={classes.overtaken}>{t("editor.overtaken")}</p>
              <Group gap="xs">
                <Button size="compact-sm" variant="default" onClick={takeTheirs}>
                  {t("editor.takeTheirs")}
                </Button>
                <Button size="compact-sm" variant="default" onClick={keepMine}>
                  {t("editor.keepMine")}
                </Button>
              </Group>
            </Note>
          )}
          {error && !overtaken && refused.length === 0 && <Note tone="bad">{explain(error, t)}</Note>}
          <Group justify="flex-end" gap="sm">
            {view && (
              <Button
                variant="subtle"
                color="red"
                mr="auto"
                leftSection={<IconTrash size={16} stroke={1.7} />}
                loading={remove.isPending}
                onClick={() =>
                  remove.mutate(view, {
                    onSuccess: () => {
                      onClose();
                      navigate({ to: "/a/$slug/tickets", params: { slug }, search: { view: defaultView } });
                    },
                  })
                }
              >
                {t("editor.delete")}
              </Button>
            )}
            {view && changed && (
              <>
                <Button variant="subtle" color="gray" onClick={() => setDraft(start.draft)}>
                  {t("editor.revert")}
                </Button>
                <Button
                  variant="default"
                  loading={saveAs.isPending}
                  onClick={() =>
                    saveAs.mutate({
                      ...draft,
                      name:
                        draft.name === start.draft.name
                          ? t("editor.copyOf", { name: draft.name })
                          : draft.name,
                    })
                  }
                >
                  {t("saveAs")}
                </Button>
              </>
            )}
            <Button
              type="submit"
              loading={save.isPending}
              disabled={overtaken || (view !== null && !changed)}
            >
              {t(view ? "editor.save" : "editor.create")}
            </Button>
          </Group>
        </footer>
      </form>
      <Modal
        opened={leaving}
        onClose={() => setLeaving(false)}
        title={t("editor.leave")}
        closeButtonProps={{ "aria-label": t("common:close") }}
        zIndex={300}
      >
        <p className={classes.hint}>{t("editor.leaveText")}</p>
        <Group justify="flex-end" gap="sm">
          <Button variant="subtle" color="red" onClick={onClose}>
            {t("editor.leaveYes")}
          </Button>
          <Button data-autofocus onClick={() => setLeaving(false)}>
            {t("editor.leaveNo")}
          </Button>
        </Group>
      </Modal>
    </Drawer>
  );
}
