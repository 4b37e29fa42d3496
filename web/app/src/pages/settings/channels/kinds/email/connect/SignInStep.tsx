// Signing in to the mailbox, tried out before the wizard goes on (EML-11).
import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Checked } from "@/api/channels";
import { Note } from "@/kit/Note";
import { WizardFrame, type WizardPlan } from "../../../wizard/WizardFrame";
import { SignInFields } from "../signin/SignInFields";
import type { SignInForm } from "../signin/signIn";
import { useSignIn } from "../signin/useSignIn";
import { ForwardInstead } from "./ForwardInstead";

interface Props {
  plan: WizardPlan;
  form: SignInForm;
  onChange: (form: SignInForm) => void;
  /** One was further already, and the password was not kept. */
  again: boolean;
  refused: unknown;
  onBack: () => void;
  onSignedIn: (checked: Checked, form: SignInForm) => void;
  onLeave: () => void;
}

export function SignInStep({ plan, form, onChange, again, refused, onBack, onSignedIn, onLeave }: Props) {
  const { t } = useTranslation("email");
  const { slug } = useParams({ from: "/a/$slug" });
  const work = useSignIn({ form, onChange, onSignedIn, refused });
  return (
    <WizardFrame
      plan={plan}
      step="signIn"
      onSubmit={() => void work.signIn()}
      onLeave={onLeave}
      buttons={
        <>
          <Button variant="default" onClick={onBack}>
            {t("common:back")}
          </Button>
          <Button type="submit" loading={work.trying}>
            {t("signIn.action")}
          </Button>
        </>
      }
    >
      {again && !form.imap.password && <Note>{t("signIn.again")}</Note>}
      <SignInFields form={form} work={work} />
      {form.found?.method === "forwarding" && form.foundFor === form.address.trim() && (
        <ForwardInstead slug={slug} form={form} />
      )}
    </WizardFrame>
  );
}
