// The beginning of a text file, as words and nothing else.
import { useQuery } from "@tanstack/react-query";
import { accountKey } from "@/api/desk";
import { fileUrl } from "@/api/files";
import { Problem } from "@/api/http";
import type { Attachment } from "@/api/types";

const most = 256 * 1024;

export function useTextOf(file: Attachment) {
  return useQuery({
    queryKey: accountKey("file-text", file.id),
    queryFn: ({ signal }) => readText(file, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
}

async function readText(file: Attachment, signal: AbortSignal): Promise<{ text: string; cut: boolean }> {
  const answer = await fetch(fileUrl(file.url), { signal, credentials: "same-origin" });
  if (!answer.ok || !answer.body) throw new Problem(answer.status, {});
  const reader = answer.body.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  while (size < most) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
  }
  reader.cancel().catch(() => {});
  const whole = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer()).subarray(0, most);
  return { text: decode(whole), cut: file.size > most };
}

/** Files rarely say what they are written in: UTF-8 where that fits, else the western code page. */
function decode(whole: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(whole, { stream: true });
  } catch {
    return new TextDecoder("windows-1252").decode(whole);
  }
}
