// A form while it is edited: the draft over what is published, steps back and forth, kept in this browser, published,
// and laid against what somebody else published meanwhile.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import { type Form, formQuery, formsQuery, updateForm, versionsQuery } from "@/api/forms";
import { Problem } from "@/api/http";
import { changesBetween, contentsOf, type Draft, draftOf, rebased, withIdsOf } from "./draft";
import { begin, redone, type Steps, step, undone } from "./history";
import { forget, keep, keptOf } from "./localDraft";
import { type FormProblem, placed } from "./problems";

interface State {
  steps: Steps<Draft>;
  base: Draft;
  version: number;
  /** When what was found in this browser was changed last; null: nothing was. */
  foundFrom: string | null;
}

interface Refusal {
  draft: Draft;
  problems: FormProblem[];
}

export type Change = (draft: Draft) => Draft;

export interface Editing {
  draft: Draft;
  base: Draft;
  changes: string[];
  dirty: boolean;
  foundFrom: string | null;
  /** `what` names what is typed into: all that is typed in one go is one step. */
  change: (how: Change, what?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  discard: () => void;
  publish: () => void;
  publishing: boolean;
  error: unknown;
  refused: FormProblem[] | null;
  /** What somebody else published since. */
  theirs: Form | null;
  takeTheirs: () => void;
  keepMine: () => void;
  /** Whether the published form has this field, so that answers are kept under its name. */
  isPublished: (fieldId: string) => boolean;
}

export function useDraft(form: Form, onPublished?: (form: Form) => void): Editing {
  const queryClient = useQueryClient();
  const [state, setState] = useState(() => firstState(form));
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { steps, base, version } = state;
  const draft = steps.now;
  const changes = useMemo(() => changesBetween(base, draft), [base, draft]);
  const dirty = changes.length > 0;

  const publish = useMutation({
    mutationFn: () => updateForm(form.id, { ...contentsOf(draft), version }),
    onSuccess: (published) => {
      setState((now) => ({
        ...now,
        version: published.version,
        base: rebased(published, draft),
        foundFrom: null,
        steps:
          now.steps.now === draft ? { ...now.steps, now: rebased(published, draft), open: null } : now.steps,
      }));
      setRefusal(null);
      queryClient.setQueryData(formQuery(form.id).queryKey, published);
      queryClient.invalidateQueries({ queryKey: formsQuery().queryKey });
      queryClient.invalidateQueries({ queryKey: versionsQuery(form.id).queryKey });
      onPublished?.(published);
    },
    onError: (error) => {
      if (!(error instanceof Problem)) return;
      if (error.kind === "form-changed")
        queryClient.invalidateQueries({ queryKey: formQuery(form.id).queryKey, exact: true });
      else if (error.errors.length > 0)
        setRefusal({
          draft,
          problems: placed(
            error.errors,
            draft.fields.map((field) => field.id),
          ),
        });
    },
  });

  const moved = form.version > version && !publish.isPending;
  useEffect(() => {
    if (moved && !dirty) setState(freshState(form));
  }, [moved, dirty, form]);

  useEffect(() => {
    if (dirty) keep(form.id, { version, base, draft, at: new Date().toISOString() });
    else forget(form.id);
  }, [form.id, version, base, draft, dirty]);

  const change = useCallback((how: Change, what?: string) => {
    setState((now) => ({ ...now, steps: step(now.steps, how(now.steps.now), what ?? null, Date.now()) }));
  }, []);
  const go = useCallback((way: (steps: Steps<Draft>) => Steps<Draft>) => {
    setState((now) => ({ ...now, steps: way(now.steps) }));
  }, []);
  return {
    draft,
    base,
    changes,
    dirty,
    foundFrom: state.foundFrom,
    change,
    undo: useCallback(() => go(undone), [go]),
    redo: useCallback(() => go(redone), [go]),
    canUndo: steps.past.length > 0,
    canRedo: steps.future.length > 0,
    discard: () => {
      setState((now) => ({ ...now, foundFrom: null, steps: step(now.steps, now.base, null, 0) }));
      setRefusal(null);
      publish.reset();
    },
    publish: () => publish.mutate(),
    publishing: publish.isPending,
    error: publish.error,
    refused: refusal?.draft === draft ? refusal.problems : null,
    theirs: moved && dirty ? form : null,
    takeTheirs: () => {
      setState(freshState(form));
      publish.reset();
    },
    keepMine: () => {
      setState((now) => {
        const theirs = draftOf(form);
        return {
          ...now,
          version: form.version,
          base: theirs,
          steps: begin(withIdsOf(now.steps.now, theirs)),
        };
      });
      publish.reset();
    },
    isPublished: useCallback((fieldId: string) => base.fields.some((field) => field.id === fieldId), [base]),
  };
}

function freshState(form: Form): State {
  const base = draftOf(form);
  return { base, version: form.version, steps: begin(base), foundFrom: null };
}

/** What this browser kept of an earlier time goes on where it was. */
function firstState(form: Form): State {
  const kept = keptOf(form.id);
  if (!kept || changesBetween(kept.base, kept.draft).length === 0) return freshState(form);
  return { base: kept.base, version: kept.version, steps: begin(kept.draft), foundFrom: kept.at };
}
