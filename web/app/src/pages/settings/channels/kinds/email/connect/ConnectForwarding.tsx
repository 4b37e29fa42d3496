// Connecting an address whose mail host forwards to us, until the channel is there: what is agreed to, the address, and
// by which server answers leave. Then it is made, since only a channel has an address to forward to.
import { Button } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { useConnect } from "../../../wizard/useConnect";
import { useKept } from "../../../wizard/useKept";
import { WizardFrame } from "../../../wizard/WizardFrame";
import type { ConnectProps } from "../../KindScreens";
import { nameFrom } from "../emailForm";
import { AddressFields } from "../signin/AddressFields";
import { type SignInForm, signInOf, signInSettings, withoutSecrets } from "../signin/signIn";
import { useSignIn } from "../signin/useSignIn";
import { forwardingPlan } from "./steps";
import { TermsStep } from "./TermsStep";

interface Draft {
  accepted: boolean;
  signIn: SignInForm;
}

const keepable = (draft: Draft): Draft => ({ ...draft, signIn: withoutSecrets(draft.signIn) });

export function ConnectForwarding({ kind, method, step }: ConnectProps) {
  const { slug } = useParams({ from: "/a/$slug" });
  const { outgoing_mail_ready } = useMe();
  const navigate = useNavigate();
  const { value: draft, set, forget } = useKept<Draft>("email/forwarding", start, keepable);
  const goTo = (next: "terms" | "address") =>
    navigate({
      to: "/a/$slug/settings/channels/new/$kind/$method",
      params: { slug, kind: kind.kind, method: method.key },
      search: { step: next },
    });
  if (!draft.accepted || step !== "address")
    return (
      <TermsStep
        plan={forwardingPlan}
        method="forwarding"
        onLeave={forget}
        onAccept={() => {
          set({ accepted: true });
          goTo("address");
        }}
      />
    );
  return (
    <AddressStep
      form={draft.signIn}
      onChange={(signIn) => set({ signIn })}
      onBack={() => goTo("terms")}
      onLeave={forget}
    />
  );

  function start(): Draft {
    const sends = outgoing_mail_ready ? "installation" : "own";
    return { accepted: false, signIn: { ...signInOf("forwarding"), sends } };
  }
}

interface StepProps {
  form: SignInForm;
  onChange: (form: SignInForm) => void;
  onBack: () => void;
  onLeave: () => void;
}

function AddressStep({ form, onChange, onBack, onLeave }: StepProps) {
  const { t } = useTranslation("email");
  const { slug } = useParams({ from: "/a/$slug" });
  const me = useMe();
  const navigate = useNavigate();
  const create = useConnect();
  const make = (signIn: SignInForm) =>
    create.mutate(
      {
        kind: "email",
        name: nameFrom(signIn.address.trim()),
        accepted: true,
        settings: {
          ...signInSettings(signIn),
          from_name: { mode: "agent_company", company: me.account.name },
        },
      },
      {
        onSuccess: (channel) => {
          onLeave();
          navigate({
            to: "/a/$slug/settings/channels/$channelId/connect",
            params: { slug, channelId: channel.id },
            search: { step: "forwarding" },
            replace: true,
          });
        },
      },
    );
  const work = useSignIn({
    form,
    onChange,
    onEdit: create.reset,
    onSignedIn: (_, signIn) => make(signIn),
    refused: create.error,
  });
  return (
    <WizardFrame
      plan={forwardingPlan}
      step="address"
      onSubmit={() => void work.signIn()}
      onLeave={onLeave}
      buttons={
        <>
          <Button variant="default" onClick={onBack}>
            {t("common:back")}
          </Button>
          <Button type="submit" loading={work.trying || create.isPending}>
            {t("forwarding.get")}
          </Button>
        </>
      }
    >
      <AddressFields form={form} work={work} />
    </WizardFrame>
  );
}
