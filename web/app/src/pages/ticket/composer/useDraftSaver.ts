// Keeps the draft in the browser with every change and on the server a moment behind; nothing is saved while a reply is
// on its way.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useMe } from "@/api/desk";
import { type DraftBody, draftQuery, dropDraft, saveDraft } from "@/api/timeline";
import type { Attachment, Draft } from "@/api/types";
import { asDraft, forget, keep, placeOf, readKept, recall, thisWindow } from "./localDraft";

export type SaveState = "idle" | "saving" | "saved" | "failed";

export const saveAfter = 800;
const retryAfter = 5000;

interface Options {
  /** When the server's copy was written; null: it has none. */
  base: string | null;
  /** What was opened differs from the server's copy, or the server has none. */
  unsaved: boolean;
  /** Another window of this browser goes on writing; `clean`: nothing here would be lost. Returns the text that stands
   * here from then on, where it was taken over. */
  onElsewhere: (draft: Draft, clean: boolean) => string | null;
}

export function useDraftSaver(ticketId: string, body: DraftBody, files: Attachment[], options: Options) {
  const queryClient = useQueryClient();
  const place = placeOf(useMe().member_id, ticketId);
  const [state, setState] = useState<SaveState>("idle");
  const wanted = useRef({ body, files });
  wanted.current = { body, files };
  const text = fingerprint(body);
  const known = useRef(text);
  const saved = useRef(options.unsaved ? "" : text);
  const base = useRef(options.base);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<void>>(Promise.resolve());
  const stopped = useRef(false);
  const elsewhere = useRef(options.onElsewhere);
  elsewhere.current = options.onElsewhere;

  const save = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    const { body } = wanted.current;
    const text = fingerprint(body);
    if (stopped.current || text === saved.current) return running.current;
    setState("saving");
    running.current = running.current.then(async () => {
      try {
        const draft = await store(ticketId, body);
        saved.current = text;
        base.current = draft?.updated_at ?? null;
        if (fingerprint(wanted.current.body) === text && recall(place)?.window === thisWindow) forget(place);
        queryClient.setQueryData(draftQuery(ticketId).queryKey, draft);
        setState("saved");
      } catch {
        setState("failed");
        timer.current = setTimeout(save, retryAfter);
      }
    });
    return running.current;
  }, [ticketId, place, queryClient]);

  // Before anything else can happen to the page.
  useLayoutEffect(() => {
    if (text === known.current || stopped.current) return;
    known.current = text;
    const { body, files } = wanted.current;
    keep(place, { draft: asDraft(body, files), base: base.current, window: thisWindow });
  }, [text, place]);

  useEffect(() => {
    if (text === saved.current) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(save, saveAfter);
  }, [text, save]);

  useEffect(() => {
    const onHide = () => void (document.visibilityState === "hidden" && save());
    const onLine = () => void save();
    const onStorage = (event: StorageEvent) => {
      const kept = event.key === place ? readKept(event.newValue) : null;
      if (!kept || kept.window === thisWindow || stopped.current) return;
      const clean = fingerprint(wanted.current.body) === saved.current;
      const html = elsewhere.current(kept.draft, clean);
      if (html === null) return;
      // The other window saves what it wrote; here it is only shown.
      wanted.current = { ...wanted.current, body: { ...wanted.current.body, html } };
      saved.current = fingerprint(wanted.current.body);
      known.current = saved.current;
    };
    document.addEventListener("visibilitychange", onHide);
    window.addEventListener("online", onLine);
    window.addEventListener("storage", onStorage);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("online", onLine);
      window.removeEventListener("storage", onStorage);
      save();
    };
  }, [save, place]);

  return useMemo(() => {
    const stop = async () => {
      stopped.current = true;
      clearTimeout(timer.current);
      forget(place);
      await running.current;
    };
    const resume = () => {
      stopped.current = false;
      const { body, files } = wanted.current;
      keep(place, { draft: asDraft(body, files), base: base.current, window: thisWindow });
      return save();
    };
    const discard = async () => {
      await stop();
      await dropDraft(ticketId).catch(() => {});
      queryClient.setQueryData(draftQuery(ticketId).queryKey, null);
    };
    const isClean = () => fingerprint(wanted.current.body) === saved.current;
    return { state, stop, resume, discard, flush: save, isClean };
  }, [state, save, ticketId, place, queryClient]);
}

/** An emptied composer leaves no draft behind. */
async function store(ticketId: string, body: DraftBody): Promise<Draft | null> {
  if (hasContent(body)) return await saveDraft(ticketId, body);
  await dropDraft(ticketId);
  return null;
}

export function hasContent(body: Pick<DraftBody, "html" | "attachments">): boolean {
  const text = body.html.replace(/<(?!img)[^>]*>|&nbsp;|\s/g, "");
  return text !== "" || body.attachments.length > 0;
}

/** The version seen is carried along, but a new one alone is no reason to save. */
const fingerprint = ({ seen_version: _, ...body }: DraftBody) => JSON.stringify(body);
