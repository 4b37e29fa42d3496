// The files of a message one after the other, shown in place: ← and → go on, Escape goes back.
import { ActionIcon, Button, Loader, Modal } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight, IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fileUrl } from "@/api/files";
import type { Attachment } from "@/api/types";
import { bytes } from "@/kit/bytes";
import { previewOf } from "./kinds";
import classes from "./Preview.module.css";
import { useTextOf } from "./useTextOf";

interface Props {
  files: Attachment[];
  first: string;
  onClose: () => void;
}

export function Preview({ files, first, onClose }: Props) {
  const { t, i18n } = useTranslation("ticket");
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      files.findIndex(({ id }) => id === first),
    ),
  );
  const file = files[at];
  const go = (step: number) => setAt((now) => Math.min(files.length - 1, Math.max(0, now + step)));
  useHotkeys([
    ["ArrowLeft", () => go(-1)],
    ["ArrowRight", () => go(1)],
  ]);
  if (!file) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      title={file.name}
      closeButtonProps={{ "aria-label": t("common:close") }}
      classNames={{ body: classes.body, content: classes.content, title: classes.title }}
    >
      <div className={classes.bar}>
        <ActionIcon
          variant="default"
          size={32}
          disabled={at === 0}
          onClick={() => go(-1)}
          aria-label={t("preview.previous")}
        >
          <IconChevronLeft size={18} stroke={1.7} />
        </ActionIcon>
        <span role="status" className={classes.count}>
          {t("preview.count", { at: at + 1, of: files.length })} · {bytes(file.size, i18n.language)}
        </span>
        <ActionIcon
          variant="default"
          size={32}
          disabled={at === files.length - 1}
          onClick={() => go(1)}
          aria-label={t("preview.next")}
        >
          <IconChevronRight size={18} stroke={1.7} />
        </ActionIcon>
        <Button
          component="a"
          href={fileUrl(file.url)}
          download={file.name}
          variant="default"
          size="xs"
          leftSection={<IconDownload size={15} stroke={1.7} />}
          className={classes.download}
        >
          {t("preview.download")}
        </Button>
      </div>
      <div className={classes.shown} data-kind={previewOf(file)}>
        <Shown key={file.id} file={file} />
      </div>
    </Modal>
  );
}

function Shown({ file }: { file: Attachment }) {
  const { t } = useTranslation("ticket");
  const [failed, setFailed] = useState(false);
  const source = fileUrl(file.url, true);
  const kind = previewOf(file);
  const onError = () => setFailed(true);
  if (failed) return <p role="alert">{t("preview.failed")}</p>;
  if (kind === "image") return <img src={source} alt={file.name} onError={onError} />;
  if (kind === "pdf") return <iframe src={source} title={file.name} />;
  // What people send has no captions that we could show.
  // biome-ignore lint/a11y/useMediaCaption: see above
  if (kind === "audio") return <audio src={source} controls onError={onError} aria-label={file.name} />;
  // biome-ignore lint/a11y/useMediaCaption: see above
  if (kind === "video") return <video src={source} controls onError={onError} aria-label={file.name} />;
  return <TextOf file={file} />;
}

function TextOf({ file }: { file: Attachment }) {
  const { t, i18n } = useTranslation("ticket");
  const read = useTextOf(file);
  if (read.isError) return <p role="alert">{t("preview.failed")}</p>;
  if (!read.data) return <Loader size="sm" role="progressbar" aria-label={t("common:loading")} />;
  return (
    <div className={classes.text}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <pre tabIndex={0}>{read.data.text}</pre>
      {read.data.cut && <p>{t("preview.cut", { most: bytes(read.data.text.length, i18n.language) })}</p>}
    </div>
  );
}
