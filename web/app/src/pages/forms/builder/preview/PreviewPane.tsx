// How the form would look as it stands, wide or narrow, light or dark, kept up while it is edited.
import { SegmentedControl, useComputedColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconDeviceDesktop, IconDeviceMobile, IconMoon, IconSun } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type FormContents, formPreviewQuery } from "@/api/forms";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { PageLoading } from "@/shell/PageLoading";
import classes from "./PreviewPane.module.css";
import { ShadowForm } from "./ShadowForm";

const typingPause = 300;

export function PreviewPane({ contents, lead }: { contents: FormContents; lead?: ReactNode }) {
  const { t } = useTranslation("forms");
  const app = useComputedColorScheme();
  const [width, setWidth] = useState<"wide" | "narrow">("wide");
  const [scheme, setScheme] = useState<"light" | "dark">(app);
  const [asked] = useDebouncedValue(contents, typingPause);
  const { data, error } = useQuery(formPreviewQuery(asked));
  return (
    <div className={classes.pane}>
      <div className={classes.bar}>
        {lead}
        <span className={classes.spacer} />
        <SegmentedControl
          size="xs"
          aria-label={t("preview.width")}
          value={width}
          onChange={(picked) => setWidth(picked as typeof width)}
          data={[
            { value: "wide", label: <Sign icon={IconDeviceDesktop} text={t("preview.wide")} /> },
            { value: "narrow", label: <Sign icon={IconDeviceMobile} text={t("preview.narrow")} /> },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label={t("preview.scheme")}
          value={scheme}
          onChange={(picked) => setScheme(picked as typeof scheme)}
          data={[
            { value: "light", label: <Sign icon={IconSun} text={t("preview.light")} /> },
            { value: "dark", label: <Sign icon={IconMoon} text={t("preview.dark")} /> },
          ]}
        />
      </div>
      <div className={classes.stage} data-scheme={scheme}>
        <div className={classes.frame} data-narrow={width === "narrow" || undefined}>
          {data ? (
            <ShadowForm preview={data} fields={contents.fields} scheme={scheme} label={t("preview.title")} />
          ) : error ? (
            <Note tone="warn">{explain(error, t)}</Note>
          ) : (
            <PageLoading />
          )}
        </div>
      </div>
      <p className={classes.note}>{t("preview.note")}</p>
    </div>
  );
}

function Sign({ icon: Icon, text }: { icon: typeof IconSun; text: string }) {
  return (
    <span className={classes.sign} title={text}>
      <Icon size={15} stroke={1.7} aria-hidden="true" />
      <span className="k-hidden">{text}</span>
    </span>
  );
}
