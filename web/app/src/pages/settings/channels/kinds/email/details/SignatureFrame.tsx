// A signature in a sandboxed frame: no scripts, nothing from elsewhere, as tall as what it holds.
import { useComputedColorScheme } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { signatureDocument } from "./signatureDocument";

export function SignatureFrame({ html }: { html: string }) {
  const { t } = useTranslation("settings");
  const scheme = useComputedColorScheme();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(24);
  const measure = () => {
    const body = frame.current?.contentDocument?.body;
    if (body) setHeight(Math.ceil(body.getBoundingClientRect().height));
  };
  return (
    <iframe
      ref={frame}
      title={t("signature.label")}
      // allow-same-origin, without allow-scripts, lets this page measure the frame.
      sandbox="allow-same-origin"
      srcDoc={signatureDocument(html, scheme)}
      style={{ display: "block", width: "100%", height, border: 0, colorScheme: scheme }}
      onLoad={measure}
    />
  );
}
