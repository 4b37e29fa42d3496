// Connecting a mailbox by IMAP and SMTP: what is agreed to, the sign-in, what is fetched, what recipients see, and who
// gets the tickets. Nothing of it is anywhere but in this tab until the last step connects it whole.
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Checked } from "@/api/channels";
import { useMe } from "@/api/desk";
import type { Routing } from "@/api/routing";
import { LazyRoutingToCome } from "../../../wizard/lazy";
import { useKept } from "../../../wizard/useKept";
import { useNewChannel } from "../../../wizard/useNewChannel";
import type { ConnectProps } from "../../KindScreens";
import { DetailsStep } from "../details/DetailsStep";
import { type DetailsForm, detailsFormOf, detailsSettings, nameFrom } from "../emailForm";
import { type FetchingForm, fetchingOf } from "../fetching/fetching";
import { type SignInForm, signInOf, signInSettings, withoutSecrets } from "../signin/signIn";
import { MailboxStep } from "./MailboxStep";
import { SignInStep } from "./SignInStep";
import { type ImapStep, imapFields, imapPlan, imapStepAt, imapStepOf } from "./steps";
import { TermsStep } from "./TermsStep";

interface Draft {
  accepted: boolean;
  signIn: SignInForm;
  fetching: FetchingForm;
  name: string;
  details: DetailsForm;
  routing: Partial<Routing>;
}

const keepable = (draft: Draft): Draft => ({ ...draft, signIn: withoutSecrets(draft.signIn) });

export function ConnectImap({ kind, method, step }: ConnectProps) {
  const { t } = useTranslation("email");
  const { slug } = useParams({ from: "/a/$slug" });
  const me = useMe();
  const navigate = useNavigate();
  const {
    value: draft,
    set,
    forget,
  } = useKept<Draft>("email/imap", () => startFor(me.account.name), keepable);
  const [checked, setChecked] = useState<Checked | null>(null);
  const at = imapStepAt(step, { accepted: draft.accepted, signedIn: checked !== null });
  const goTo = (next: ImapStep) =>
    navigate({
      to: "/a/$slug/settings/channels/new/$kind/$method",
      params: { slug, kind: kind.kind, method: method.key },
      search: { step: next },
    });
  const channel = useNewChannel({
    before: imapFields,
    onRefusedBefore: (wrong) => goTo(imapStepOf(wrong)),
    held: [draft.routing, (change) => set((before) => ({ routing: change(before.routing) }))],
    onConnected: (made) => {
      forget();
      navigate({
        to: "/a/$slug/settings/channels/$channelId",
        params: { slug, channelId: made.id },
        search: { tab: "mailbox" },
      });
    },
  });
  const shared = { plan: imapPlan, onLeave: forget };

  if (at === "terms")
    return (
      <TermsStep
        {...shared}
        method="imap"
        onAccept={() => {
          set({ accepted: true });
          goTo("signIn");
        }}
      />
    );
  if (at === "signIn" || !checked)
    return (
      <SignInStep
        {...shared}
        form={draft.signIn}
        onChange={(signIn) => set({ signIn })}
        again={step !== undefined && step !== "signIn" && step !== "terms"}
        refused={channel.error}
        onBack={() => goTo("terms")}
        onSignedIn={(answer, signIn) => {
          setChecked(answer);
          set((before) => ({ signIn, name: before.name || nameFrom(signIn.address) }));
          goTo("mailbox");
        }}
      />
    );
  if (at === "mailbox")
    return (
      <MailboxStep
        {...shared}
        checked={checked}
        form={draft.fetching}
        onChange={(fetching) => set({ fetching })}
        refused={channel.error}
        onBack={() => goTo("signIn")}
        onNext={() => goTo("details")}
      />
    );
  if (at === "details")
    return (
      <DetailsStep
        {...shared}
        address={draft.signIn.address}
        name={draft.name}
        onName={(name) => set({ name })}
        details={draft.details}
        onDetails={(details) => set({ details })}
        error={channel.error}
        onBack={() => goTo("mailbox")}
        onNext={() => goTo("routing")}
      />
    );
  return (
    <LazyRoutingToCome
      {...shared}
      routing={channel.routing}
      onChange={channel.setRouting}
      refused={channel.refused}
      busy={channel.busy}
      action={t("connect.finish")}
      onBack={() => goTo("details")}
      onSave={() =>
        channel.connect({
          kind: kind.kind,
          name: draft.name.trim(),
          accepted: draft.accepted,
          settings: settingsOf(draft),
        })
      }
    />
  );
}

const startFor = (accountName: string): Draft => ({
  accepted: false,
  signIn: signInOf("imap"),
  fetching: fetchingOf(),
  name: "",
  details: detailsFormOf(undefined, accountName),
  routing: {},
});

function settingsOf({ signIn, fetching, details }: Draft): object {
  const { imap, ...settings } = signInSettings(signIn);
  return { ...settings, imap: { ...(imap as object), ...fetching }, ...detailsSettings(details) };
}
