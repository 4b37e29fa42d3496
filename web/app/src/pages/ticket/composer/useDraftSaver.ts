// Keeps the draft on the server a moment behind what is typed; nothing is saved while a reply is on its way.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type DraftBody, draftQuery, dropDraft, saveDraft } from "@/api/timeline";

export type SaveState = "idle" | "saving" | "saved" | "failed";

export const saveAfter = 800;
const retryAfter = 5000;

export function useDraftSaver(ticketId: string, body: DraftBody) {
  const queryClient = useQueryClient();
  const [state, setState] = useState<SaveState>("idle");
  const wanted = useRef(body);
  wanted.current = body;
  const text = fingerprint(body);
  const saved = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<void>>(Promise.resolve());
  const stopped = useRef(false);

  const save = useCallback((): Promise<void> => {
    clearTimeout(timer.current);
    const body = wanted.current;
    const text = fingerprint(body);
    if (stopped.current || text === saved.current) return running.current;
    setState("saving");
    running.current = running.current.then(async () => {
      try {
        const draft = await store(ticketId, body);
        saved.current = text;
        queryClient.setQueryData(draftQuery(ticketId).queryKey, draft);
        setState("saved");
      } catch {
        setState("failed");
        timer.current = setTimeout(save, retryAfter);
      }
    });
    return running.current;
  }, [ticketId, queryClient]);

  useEffect(() => {
    if (text === saved.current) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(save, saveAfter);
  }, [text, save]);

  useEffect(() => {
    const onHide = () => void (document.visibilityState === "hidden" && save());
    document.addEventListener("visibilitychange", onHide);
    return () => {
      document.removeEventListener("visibilitychange", onHide);
      save();
    };
  }, [save]);

  return useMemo(() => {
    const stop = async () => {
      stopped.current = true;
      clearTimeout(timer.current);
      await running.current;
    };
    const resume = () => {
      stopped.current = false;
      return save();
    };
    const discard = async () => {
      await stop();
      await dropDraft(ticketId).catch(() => {});
      queryClient.setQueryData(draftQuery(ticketId).queryKey, null);
    };
    return { state, stop, resume, discard, flush: save };
  }, [state, save, ticketId, queryClient]);
}

/** An emptied composer leaves no draft behind. */
async function store(ticketId: string, body: DraftBody) {
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
