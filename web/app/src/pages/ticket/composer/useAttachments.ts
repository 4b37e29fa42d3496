// The files of a message being written: checked, uploaded at once, shown with how far they are.
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Bounds } from "@/api/composer";
import { fileUrl } from "@/api/files";
import { deleteAttachment, maxAttachment, uploadAttachment } from "@/api/timeline";
import type { Attachment } from "@/api/types";
import { megabytes } from "@/kit/bytes";
import { explain } from "@/kit/explain";
import { randomKey } from "@/kit/randomKey";

export interface PendingFile {
  key: string;
  name: string;
  size: number;
  content_type: string;
  /** 0..1 while it is on its way. */
  progress: number;
  attachment: Attachment | null;
  inline: boolean;
  error: string | null;
}

export type Attachments = ReturnType<typeof useAttachments>;

type FileBounds = Pick<Bounds, "file" | "total" | "files">;
const ours: FileBounds = { file: maxAttachment, total: Number.POSITIVE_INFINITY, files: 100 };

/** `html` is the text of the draft: an image that stands in it is no file beside it. Nothing is uploaded that the
 * channel could not carry. */
export function useAttachments(kept: Attachment[], html: string, limits: FileBounds | null) {
  const { t, i18n } = useTranslation("composer");
  const [files, setFiles] = useState<PendingFile[]>(() =>
    kept.map((file) => alreadyUploaded(file, html.includes(file.id))),
  );
  const removed = useRef(new Set<string>());
  const bounds = useRef(ours);
  bounds.current = limits ?? ours;

  const change = useCallback((key: string, part: Partial<PendingFile>) => {
    setFiles((known) => known.map((file) => (file.key === key ? { ...file, ...part } : file)));
  }, []);

  const upload = useCallback(
    async (file: File, inline: boolean): Promise<Attachment | null> => {
      const pending = newFile(file, inline);
      const { file: most } = bounds.current;
      if (file.size > most) pending.error = t("file.tooLarge", { most: megabytes(most, i18n.language) });
      setFiles((known) => [...known, pending]);
      if (pending.error) return null;
      try {
        const attachment = await uploadAttachment(file, (progress) => change(pending.key, { progress }));
        if (removed.current.has(pending.key)) return discard(attachment);
        change(pending.key, { attachment, progress: 1 });
        return attachment;
      } catch (error) {
        change(pending.key, { error: explain(error, t) });
        return null;
      }
    },
    [change, t, i18n],
  );

  const add = useCallback(
    (list: File[]) => {
      for (const file of list) upload(file, false);
    },
    [upload],
  );
  const addInline = useCallback(
    async (file: File) => {
      const attachment = await upload(file, true);
      return attachment && fileUrl(attachment.url, true);
    },
    [upload],
  );
  const remove = useCallback((file: PendingFile) => {
    removed.current.add(file.key);
    setFiles((known) => known.filter((other) => other.key !== file.key));
    if (file.attachment) discard(file.attachment);
  }, []);

  return {
    files,
    add,
    addInline,
    remove,
    uploading: files.some((file) => !file.attachment && !file.error),
    /** Why they cannot leave together; null when they can. */
    tooMuch: tooMuch(files, limits ?? ours),
  };
}

export function tooMuch(files: Pick<PendingFile, "size" | "error">[], limits: FileBounds): TooMuch | null {
  const going = files.filter((file) => !file.error);
  if (going.length > limits.files) return { why: "tooMany", most: limits.files };
  const size = going.reduce((sum, file) => sum + file.size, 0);
  return size > limits.total ? { why: "tooLargeTogether", most: limits.total } : null;
}

export interface TooMuch {
  why: "tooMany" | "tooLargeTogether";
  most: number;
}

/** An image that was taken out of the text again does not go along. */
export function attachedIds(files: PendingFile[], html: string): string[] {
  return files.flatMap(({ attachment, inline }) =>
    attachment && (!inline || html.includes(attachment.id)) ? [attachment.id] : [],
  );
}

/** An upload nobody wants; if the server keeps it a little longer, nothing is lost. */
function discard(attachment: Attachment): null {
  deleteAttachment(attachment.id).catch(() => {});
  return null;
}

function newFile(file: File, inline: boolean): PendingFile {
  return {
    key: randomKey(),
    name: file.name,
    size: file.size,
    content_type: file.type,
    progress: 0,
    attachment: null,
    inline,
    error: null,
  };
}

function alreadyUploaded(attachment: Attachment, inline: boolean): PendingFile {
  const { id, name, size, content_type } = attachment;
  return { key: id, name, size, content_type, progress: 1, attachment, inline, error: null };
}
