// How mail of a connected channel comes and goes: servers, user, password. Nothing is stored that did not let us in.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { Time } from "@/kit/Time";
import { toast } from "@/kit/toast";
import { FaultAlert } from "../../../../ui/FaultAlert";
import { fieldErrors } from "../../../../ui/fieldErrors";
import { Section } from "../../../../ui/Section";
import { useChangeChannel } from "../../../useChangeChannel";
import { emailSettings } from "../settings";
import { CertificateCard } from "../signin/CertificateCard";
import { OutgoingFields } from "../signin/OutgoingFields";
import { SignInFields } from "../signin/SignInFields";
import { signInFields, signInOf, signInSettings } from "../signin/signIn";
import { useSignIn } from "../signin/useSignIn";
import { TestMail } from "./TestMail";

export function SignInSection({ channel }: { channel: Channel }) {
  const { t } = useTranslation(["email", "settings"]);
  const stored = emailSettings(channel);
  const start = signInOf(stored.method, stored);
  const [form, setForm] = useState(start);
  const save = useChangeChannel(channel.id);
  const work = useSignIn({
    form,
    onChange: setForm,
    onEdit: save.reset,
    stored,
    channelId: channel.id,
    refused: save.error,
    onSignedIn: (_, signedIn) => {
      const { address: _address, method: _method, ...servers } = signInSettings(signedIn);
      save.mutate(
        { settings: servers },
        {
          onSuccess: (changed) => {
            setForm(signInOf(stored.method, emailSettings(changed)));
            toast(t("signIn.stored"));
          },
        },
      );
    },
  });
  const dirty = JSON.stringify(form) !== JSON.stringify(start);
  const above = fieldErrors(save.error, signInFields, t).above;
  return (
    <form
      id="sign-in"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void work.signIn();
      }}
    >
      <Section
        title={t(`signIn.section.${stored.method}`)}
        text={<Accepted channel={channel} />}
        foot={
          <Button
            type="submit"
            disabled={!dirty && channel.authorized}
            loading={work.trying || save.isPending}
          >
            {t(channel.authorized ? "signIn.checkAndSave" : "signIn.actionAgain")}
          </Button>
        }
      >
        <FaultAlert text={above} />
        {stored.method === "imap" ? (
          <SignInFields form={form} work={work} stored={stored} noAddress />
        ) : (
          <>
            <FaultAlert text={work.certificate ? null : work.above} />
            <OutgoingFields form={form} onChange={work.change} errors={work.errors} stored={stored} />
            {work.certificate && (
              <CertificateCard certificate={work.certificate} onTrust={work.trust} busy={work.trying} />
            )}
          </>
        )}
        <TestMail channel={channel} disabled={dirty} />
      </Section>
    </form>
  );
}

/** Who agreed at the connecting to what is read, stored and sent. */
function Accepted({ channel }: { channel: Channel }) {
  const { t } = useTranslation("email");
  if (!channel.accepted) return null;
  return (
    <>
      {t("signIn.accepted", { name: channel.accepted.by?.name ?? t("signIn.somebodyGone") })}{" "}
      <Time at={channel.accepted.at} as="clock" />
    </>
  );
}
