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
import { useTranslation } from "react-i18next";
import { fileUrl } from "@/api/files";
import type { Attachment } from "@/api/types";
import { bytes } from "@/kit/bytes";
import classes from "./Attachments.module.css";

export function Attachments({ attachments }: { attachments: Attachment[] }) {
  const { t } = useTranslation("ticket");
  if (attachments.length === 0) return null;
  return (
    <ul className={classes.files} aria-label={t("attachments")}>
      {attachments.map((file) => (
        <li key={file.id}>
          <FileCard file={file} />
        </li>
      ))}
    </ul>
  );
}

function FileCard({ file }: { file: Attachment }) {
  const { i18n } = useTranslation();
  return (
    <a
      href={fileUrl(file.url, file.is_image)}
      download={file.is_image ? undefined : file.name}
      target={file.is_image ? "_blank" : undefined}
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
