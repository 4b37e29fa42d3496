// Everything about one pipeline: its name, its statuses in order, and the rules that people keep to.
import { Button, NumberInput, Switch, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { pipelinesQuery } from "@/api/desk";
import { changePipeline } from "@/api/pipelines";
import type { Pipeline } from "@/api/types";
import { moved, SortableList } from "@/kit/sort/SortableList";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { SaveButton } from "../ui/SaveButton";
import { bodyOf, changed, draftOf, kept, withStatus } from "./draft";
import { LeavingNotes } from "./LeavingNotes";
import classes from "./PipelinesPage.module.css";
import { StatusRow } from "./StatusRow";

export function PipelineEditor({ pipeline, locked }: { pipeline: Pipeline; locked: boolean }) {
  const { t } = useTranslation("pipelines");
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(pipeline));
  const [open, setOpen] = useState<string | null>(null);
  const [savedAt, setSavedAt] = useState(0);
  const saved = useRef(JSON.stringify(bodyOf(draft, pipeline)));
  const dirty = JSON.stringify(bodyOf(draft, pipeline)) !== saved.current;
  // What another person saved is taken over where nothing was typed here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the server says starts it
  useEffect(() => {
    if (dirty && savedAt === 0) return;
    const fresh = draftOf(pipeline);
    saved.current = JSON.stringify(bodyOf(fresh, pipeline));
    setDraft(fresh);
  }, [pipeline]);
  const save = useMutation({
    mutationFn: () => changePipeline(pipeline.id, bodyOf(draft, pipeline)),
    onSuccess: () => {
      setSavedAt((count) => count + 1);
      return queryClient.invalidateQueries({ queryKey: pipelinesQuery().queryKey });
    },
  });
  const fields = draft.statuses.map((_, at) => `statuses.${at}.name`);
  const errors = fieldErrors(save.error, [...fields, "name", "grace_days"], t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const add = () => {
    const next = withStatus(draft);
    setOpen(next.statuses.find((status) => !draft.statuses.includes(status))?.id ?? null);
    setDraft(next);
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={locked} className={classes.fields}>
        <TextInput
          label={t("editor.name")}
          maxLength={60}
          maw={360}
          value={draft.name}
          onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          error={errors.at.name}
        />
        <section>
          <h3 className={classes.heading}>{t("editor.statuses")}</h3>
          <p className={classes.text}>{t("editor.statusesText")}</p>
          <SortableList
            label={t("editor.statuses")}
            className={classes.statuses}
            items={draft.statuses.map(({ id, name }) => ({ id, name }))}
            onMove={(from, to) => setDraft({ ...draft, statuses: moved(draft.statuses, from, to) })}
          >
            {draft.statuses.map((status, at) => (
              <StatusRow
                key={status.id}
                draft={draft}
                status={status}
                number={at + 1}
                open={open === status.id}
                locked={locked}
                error={errors.at[`statuses.${at}.name`]}
                onFold={() => setOpen(open === status.id ? null : status.id)}
                onChange={(change) => setDraft(changed(draft, status.id, change))}
                onDraft={setDraft}
              />
            ))}
          </SortableList>
          <LeavingNotes draft={draft} onKeep={(id) => setDraft(kept(draft, id))} />
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconPlus size={15} stroke={1.8} />}
            onClick={add}
          >
            {t("editor.addStatus")}
          </Button>
        </section>
        <section className={classes.rules}>
          <div>
            <h3 className={classes.heading}>{t("editor.rules")}</h3>
            <p className={classes.text}>{t("editor.rulesText")}</p>
          </div>
          <Switch
            label={t("editor.noSkipping")}
            checked={draft.no_skipping}
            onChange={(event) => setDraft({ ...draft, no_skipping: event.currentTarget.checked })}
          />
          <Switch
            label={t("editor.noBackwards")}
            checked={draft.no_backwards}
            onChange={(event) => setDraft({ ...draft, no_backwards: event.currentTarget.checked })}
          />
          <NumberInput
            label={t("editor.grace")}
            description={t("editor.graceText")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            maw={280}
            min={0}
            max={3650}
            allowDecimal={false}
            suffix={` ${t("editor.days")}`}
            value={draft.grace_days}
            onChange={(days) => setDraft({ ...draft, grace_days: Number(days) || 0 })}
            error={errors.at.grace_days}
          />
        </section>
        <FaultAlert text={errors.above} />
        {!locked && (
          <div className={classes.foot}>
            <SaveButton dirty={dirty} saving={save.isPending} savedAt={savedAt} />
          </div>
        )}
      </fieldset>
    </form>
  );
}
