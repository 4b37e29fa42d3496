// The work behind the form of the outgoing server: check it, save it, send a test mail by it, take it away.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { checkSmtp, sendTestMail } from "@/api/channels";
import type { Channel } from "@/api/types";
import { useChangeChannel } from "../../useChangeChannel";
import { type SmtpForm, smtpFormOf, smtpSettings } from "./emailForm";
import { emailSettings } from "./settings";

export function useOutgoing(channel: Channel) {
  const stored = emailSettings(channel).smtp;
  const [form, setForm] = useState(() => smtpFormOf(stored));
  const save = useChangeChannel(channel.id);
  const check = useMutation({
    mutationFn: () =>
      checkSmtp({
        smtp: smtpSettings(form),
        address: emailSettings(channel).address,
        channel_id: channel.id,
      }),
  });
  const test = useMutation({ mutationFn: (to: string) => sendTestMail(channel.id, to) });

  const forgetAnswers = () => {
    save.reset();
    check.reset();
    test.reset();
  };
  const change = (changed: SmtpForm) => {
    forgetAnswers();
    setForm(changed);
  };
  const store = async () => {
    forgetAnswers();
    const changed = await save.mutateAsync({ settings: { smtp: smtpSettings(form) } });
    setForm(smtpFormOf(emailSettings(changed).smtp));
  };
  const sendTest = async (to: string) => {
    if (dirty) await store();
    await test.mutateAsync(to);
  };
  const remove = async () => {
    forgetAnswers();
    await save.mutateAsync({ settings: { smtp: null } });
    setForm(smtpFormOf(null));
  };
  const dirty = JSON.stringify(form) !== JSON.stringify(smtpFormOf(stored));
  return { form, change, dirty, stored, save, check, test, store, sendTest, remove };
}

export type Outgoing = ReturnType<typeof useOutgoing>;
