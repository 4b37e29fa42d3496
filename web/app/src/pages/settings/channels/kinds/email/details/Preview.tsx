// How a reply on this channel will look to the customer who gets it, kept up while one types.
import { Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ChannelPreview, previewQuery } from "@/api/channels";
import { Face } from "@/kit/Face";
import { type DetailsForm, detailsSettings } from "../emailForm";
import classes from "./Preview.module.css";
import { partsOf } from "./partsOf";
import { SignatureFrame } from "./SignatureFrame";

const typingPause = 250;

export function usePreview(address: string, details: DetailsForm) {
  const { t } = useTranslation("settings");
  const shown = { address: address.trim() || t("address.example"), ...detailsSettings(details) };
  const [asked] = useDebouncedValue(shown, typingPause);
  const answer = useQuery(previewQuery(asked));
  const [shownLast, setShownLast] = useState<ChannelPreview>();
  // While something typed is refused, what was last good stays in sight.
  if (answer.data && answer.data !== shownLast) setShownLast(answer.data);
  return { shown: answer.data ?? shownLast, error: answer.error };
}

export function Preview({ preview }: { preview: ReturnType<typeof usePreview> }) {
  const { t } = useTranslation("settings");
  const { name, address } = partsOf(preview.shown?.from ?? "");
  return (
    <aside className={classes.preview} aria-label={t("preview.title")}>
      <div className={classes.caption}>{t("preview.title")}</div>
      <div className={classes.mail}>
        <div className={classes.head}>
          <Face name={name.replace(/\s*\(.*/, "") || address || "?"} size={34} us />
          <div className={classes.from} data-testid="preview-from">
            {!preview.shown ? (
              <Skeleton height={10} width={160} my={4} />
            ) : (
              <>
                <b>{name}</b>
                <span>{address}</span>
              </>
            )}
          </div>
        </div>
        <div className={classes.subject}>{t("preview.subject")}</div>
        <p className={classes.text}>{t("preview.text")}</p>
        {preview.shown?.signature_html && <SignatureFrame html={preview.shown.signature_html} />}
      </div>
      <p className={classes.note}>{t("preview.note")}</p>
    </aside>
  );
}
