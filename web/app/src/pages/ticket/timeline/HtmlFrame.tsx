// HTML of a message in a sandboxed frame: no scripts, nothing from elsewhere, as tall as what it holds.
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "@/api/types";
import classes from "./MessageText.module.css";
import { hasOwnColours, mailDocument, type Pictures } from "./mailDocument";

interface Props {
  html: string;
  attachments: Attachment[];
  /** Those from elsewhere, once a reader asked for them. */
  pictures?: Pictures;
}

export function HtmlFrame({ html, attachments, pictures }: Props) {
  const { t } = useTranslation("ticket");
  const dark = useComputedColorScheme() === "dark";
  const onPaper = dark && hasOwnColours(html);
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(24);
  const source = useMemo(
    () => mailDocument(html, attachments, dark && !onPaper ? "dark" : "light", pictures),
    [html, attachments, dark, onPaper, pictures],
  );
  const stopWatching = useRef<() => void>(() => {});
  useEffect(() => () => stopWatching.current(), []);

  const watchHeight = () => {
    const body = frame.current?.contentDocument?.body;
    if (!body) return;
    stopWatching.current();
    const measure = () => setHeight(Math.ceil(body.scrollHeight));
    const watch = new ResizeObserver(measure);
    watch.observe(body);
    stopWatching.current = () => watch.disconnect();
    measure();
  };
  return (
    <div className={onPaper ? classes.paper : undefined}>
      <iframe
        ref={frame}
        title={t("messageText")}
        className={classes.frame}
        // allow-same-origin, without allow-scripts, lets this page measure the frame and its images carry the session.
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        srcDoc={source}
        style={{ height }}
        onLoad={watchHeight}
      />
    </div>
  );
}
