// Who hosts the mailbox, as far as that was found out, and what they ask for besides.
import { IconCircleCheck, IconKey } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Note } from "@/kit/Note";
import { inWords } from "../../../../ui/serverWords";
import classes from "./SignIn.module.css";
import type { SignInForm } from "./signIn";

export function ProviderNote({ form }: { form: SignInForm }) {
  const { t } = useTranslation("email");
  const { found } = form;
  if (!found || form.address.trim() !== form.foundFor) return null;
  const known = found.source === "preset" || found.source === "autoconfig" || found.source === "dns";
  return (
    <>
      <p className={classes.said} data-known={known || undefined} role="status">
        {known && <IconCircleCheck size={17} stroke={1.8} aria-hidden="true" />}
        <span>
          {t(found.provider && known ? "found.provider" : `found.${found.source}`, {
            provider: found.provider,
          })}
        </span>
      </p>
      {found.note && (
        <Note icon={IconKey} title={t("found.asks", { provider: found.provider || t("found.itsHost") })}>
          {inWords(found.note, t)}
        </Note>
      )}
    </>
  );
}
