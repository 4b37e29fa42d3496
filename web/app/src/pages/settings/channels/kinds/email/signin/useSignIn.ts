// The work behind the sign-in: ask how an address is reached, try the sign-in out, accept a certificate and try again.
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Checked, checkChannel, type Discovered, discoverChannel } from "@/api/channels";
import { fieldErrors } from "../../../../ui/fieldErrors";
import { looksLikeAddress } from "../looksLikeAddress";
import type { EmailSettings } from "../settings";
import { certificateIn } from "./certificate";
import { missingIn, type SignInForm, signInFields, signInSettings, withFound } from "./signIn";

interface Ask {
  form: SignInForm;
  onChange: (form: SignInForm) => void;
  /** What was said of the form before is about another one now. */
  onEdit?: () => void;
  onSignedIn: (checked: Checked, form: SignInForm) => void;
  /** What is stored of a channel that is connected, and its id: its secrets need not be typed again. */
  stored?: EmailSettings;
  channelId?: string;
  /** What the API had against the sign-in elsewhere, such as at the connecting. */
  refused?: unknown;
}

export function useSignIn({ form, onChange, onEdit, onSignedIn, stored, channelId, refused }: Ask) {
  const { t } = useTranslation(["email", "settings"]);
  const [incomplete, setIncomplete] = useState(false);
  const [awaiting, setAwaiting] = useState(false);
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  }, [form]);
  const pending = useRef<{ address: string; answer: Promise<Discovered> } | null>(null);
  const find = useMutation({ mutationFn: (address: string) => discoverChannel("email", address) });
  const check = useMutation({
    mutationFn: (tried: SignInForm) =>
      checkChannel({ kind: "email", settings: signInSettings(tried), channel_id: channelId }),
    onSuccess: (checked, tried) => onSignedIn(checked, tried),
  });

  const change = (changed: SignInForm) => {
    check.reset();
    onEdit?.();
    onChange(changed);
  };
  /** Asks once for each address; returns the form as it is then. */
  const found = async (): Promise<SignInForm> => {
    const address = form.address.trim();
    if (!looksLikeAddress(address) || address === form.foundFor) return form;
    try {
      if (pending.current?.address !== address)
        pending.current = { address, answer: find.mutateAsync(address) };
      const answer = await pending.current.answer;
      // Meanwhile somebody may have typed on.
      const now = latest.current;
      if (now.address.trim() !== address) return now;
      const filled = withFound(now, answer, form);
      onChange(filled);
      return filled;
    } catch {
      // Whoever knows the servers can type them all the same.
      pending.current = null;
      return latest.current;
    }
  };
  const signIn = async () => {
    // Nobody waits for what they have typed themselves.
    const awaits = missingIn(form, stored).some((field) => field.endsWith(".host"));
    setAwaiting(awaits);
    const filled = awaits ? await found() : form;
    setAwaiting(false);
    const complete = looksLikeAddress(filled.address) && missingIn(filled, stored).length === 0;
    setIncomplete(!complete);
    if (complete) attempt(filled);
  };
  /** Where no server of its own is named there is nothing to try. */
  const attempt = (form: SignInForm) => {
    if (form.method === "forwarding" && form.sends !== "own") onSignedIn({ said: {}, folders: [] }, form);
    else check.mutate(form);
  };
  const certificate = certificateIn(check.error);
  const trust = () => {
    if (!certificate) return;
    const { part, fingerprint } = certificate;
    const trusting = { ...form, [part]: { ...form[part], certificate: fingerprint } };
    onChange(trusting);
    attempt(trusting);
  };

  const placed = fieldErrors(check.error ?? refused, signInFields, t);
  const missing = missingIn(form, stored).map((field) => [field, t("settings:said.needed")]);
  const errors: Record<string, string> = {
    ...(incomplete && Object.fromEntries(missing)),
    ...(incomplete && !looksLikeAddress(form.address) && { address: t("settings:said.noAddress") }),
    ...placed.at,
  };
  // It is shown in full, with what can be done about it.
  if (certificate) delete errors[`${certificate.part}.certificate`];
  return {
    change,
    found,
    finding: find.isPending,
    signIn,
    // Not while it is only being looked for: a button that is off would swallow the click that left the address.
    trying: awaiting || check.isPending,
    certificate,
    trust,
    errors,
    above: placed.above,
  };
}

export type SigningIn = ReturnType<typeof useSignIn>;
