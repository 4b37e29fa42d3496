// The files of a message: images to look at, others by name, type and size.
import {
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMovie,
  IconMusic,
  IconPhoto,
} from "@tabler/icons-react";
import { lazy, type MouseEvent, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "@/api/files";
import type { Attachment } from "@/api/types";
import { bytes } from "@/kit/bytes";
import classes from "./Attachments.module.css";
import { previewOf } from "./preview/kinds";

const Preview = lazy(() => import("./preview/Preview").then((module) => ({ default: module.Preview })));

export function Attachments({ attachments }: { attachments: Attachment[] }) {
  const { t } = useTranslation("ticket");
  const [shown, setShown] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  if (attachments.length === 0) return null;
  return (
    <>
      <ul ref={list} className={classes.files} aria-label={t("attachments")}>
        {attachments.map((file) => (
          <li key={file.id}>
            <FileCard file={file} onShow={() => setShown(file.id)} />
          </li>
        ))}
      </ul>
      {shown && (
        <Suspense>
          <Preview
            files={attachments.filter((file) => previewOf(file))}
            first={shown}
            onClose={() => {
              setShown(null);
              list.current?.querySelector<HTMLElement>(`[data-file="${shown}"]`)?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** A link all the same, which the person may open in a tab of its own or save. */
function FileCard({ file, onShow }: { file: Attachment; onShow: () => void }) {
  const { i18n } = useTranslation();
  const canShow = previewOf(file) !== null;
  const show = (event: MouseEvent) => {
    if (!canShow || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onShow();
  };
  return (
    <a
      href={fileUrl(file.url, canShow)}
      download={canShow ? undefined : file.name}
      onClick={show}
      data-file={file.id}
      aria-haspopup={canShow ? "dialog" : undefined}
      rel="noopener"
      className={classes.file}
      title={file.name}
    >
      {file.is_image ? (
        <img src={fileUrl(file.url, true)} alt="" loading="lazy" className={classes.thumbnail} />
      ) : (
        <FileIcon type={file.content_type} name={file.name} />
      )}
      <span className={classes.text}>
        <span className={classes.name}>{shortName(file.name)}</span>
        <span className={classes.size}>{bytes(file.size, i18n.language)}</span>
      </span>
    </a>
  );
}

export function FileIcon({ type, name }: { type: string; name: string }) {
  const Icon = iconOf(type, name);
  return <Icon size={22} stroke={1.4} className={classes.icon} aria-hidden="true" />;
}

function iconOf(type: string, name: string) {
  if (type === "application/pdf") return IconFileTypePdf;
  if (type.startsWith("image/")) return IconPhoto;
  if (type.startsWith("audio/")) return IconMusic;
  if (type.startsWith("video/")) return IconMovie;
  if (/spreadsheet|excel|csv/.test(type)) return IconFileSpreadsheet;
  if (/zip|compressed|tar/.test(type) || /\.(zip|7z|rar|gz)$/i.test(name)) return IconFileZip;
  return /^text\/|word|document/.test(type) ? IconFileText : IconFile;
}

/** Keeps the end of the name in sight: it says what kind of file it is. */
export function shortName(name: string, longest = 34): string {
  if (name.length <= longest) return name;
  const end = name.slice(-12);
  return `${name.slice(0, longest - end.length - 1)}…${end}`;
}
