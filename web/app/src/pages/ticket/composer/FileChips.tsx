// The files of a message being written, below its text.
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { bytes, megabytes } from "@/kit/bytes";
import { FileIcon, shortName } from "../timeline/Attachments";
import classes from "./FileChips.module.css";
import type { Attachments, PendingFile, TooMuch } from "./useAttachments";

export function FileChips({ files }: { files: Attachments }) {
  const { t } = useTranslation("composer");
  const shown = files.files.filter((file) => !file.inline || file.error || !file.attachment);
  if (shown.length === 0) return null;
  return (
    <>
      <TooMuchNote tooMuch={files.tooMuch} />
      <ul className={classes.files} aria-label={t("files")}>
        {shown.map((file) => (
          <li key={file.key} className={classes.file} data-error={!!file.error || undefined}>
            <FileIcon type={file.content_type} name={file.name} />
            <span className={classes.text}>
              <span title={file.name}>{shortName(file.name)}</span>
              <Progress file={file} />
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              onClick={() => files.remove(file)}
              aria-label={t("file.remove", { name: file.name })}
            >
              <IconX size={14} stroke={1.8} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </>
  );
}

function TooMuchNote({ tooMuch }: { tooMuch: TooMuch | null }) {
  const { t, i18n } = useTranslation("composer");
  if (!tooMuch) return null;
  const most = tooMuch.why === "tooMany" ? tooMuch.most : megabytes(tooMuch.most, i18n.language);
  return (
    <p className={classes.tooMuch} role="alert">
      {t(`file.${tooMuch.why}`, { most })}
    </p>
  );
}

function Progress({ file }: { file: PendingFile }) {
  const { t, i18n } = useTranslation("composer");
  if (file.error)
    return (
      <span className={classes.error} role="alert">
        {file.error}
      </span>
    );
  if (file.attachment) return <span className={classes.size}>{bytes(file.size, i18n.language)}</span>;
  return (
    <progress
      className={classes.progress}
      value={file.progress}
      max={1}
      aria-label={t("file.uploading", { name: file.name })}
    />
  );
}
