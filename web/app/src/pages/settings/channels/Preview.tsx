// How a reply on this channel will look to the customer who gets it, kept up while one types.
import { Skeleton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { previewQuery } from "@/api/channels";
import { Face } from "@/kit/Face";
import { type DetailsForm, detailsSettings } from "./emailForm";
import classes from "./Preview.module.css";
import { SignatureFrame } from "./SignatureFrame";

const typingPause = 250;

export function usePreview(address: string, details: DetailsForm) {
  const { t } = useTranslation("settings");
  const shown = { address: address.trim() || t("address.example"), ...detailsSettings(details) };
  const [asked] = useDebouncedValue(shown, typingPause);
  return useQuery(previewQuery(asked));
}

export function Preview({ preview }: { preview: ReturnType<typeof usePreview> }) {
  const { t } = useTranslation("settings");
  const { name, address } = partsOf(preview.data?.from ?? "");
  return (
    <aside className={classes.preview} aria-label={t("preview.title")}>
      <div className={classes.caption}>{t("preview.title")}</div>
      <div className={classes.mail}>
        <div className={classes.head}>
          <Face name={name.replace(/\s*\(.*/, "") || address || "?"} size={34} us />
          <div className={classes.from} data-testid="preview-from">
            {preview.isPending ? (
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
        {preview.data?.signature_html && <SignatureFrame html={preview.data.signature_html} />}
      </div>
      <p className={classes.note}>{t("preview.note")}</p>
    </aside>
  );
}

/** "Eva Berg (Acme) <support@acme.example>" in its two parts. */
export function partsOf(from: string): { name: string; address: string } {
  const parts = /^(?<name>.*?)\s*<(?<address>[^<>]*)>$/.exec(from)?.groups;
  return { name: parts?.name ?? "", address: parts?.address ?? from };
}
