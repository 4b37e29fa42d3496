// A new mail that has not left, kept in this browser until it does: going away and coming back loses nothing of it.
import { useLocalStorage } from "@mantine/hooks";
import { useCallback, useEffect, useRef } from "react";
import { currentAccount } from "@/api/http";
import { nobody, type RecipientsValue } from "../ticket/composer/recipients";

export interface Unsent {
  recipients: RecipientsValue;
  subject: string;
  html: string;
  /** Null: the one that goes by itself. */
  channel: string | null;
}

const empty: Unsent = { recipients: nobody, subject: "", html: "", channel: null };

/** `to`: somebody who shall get it, whom the link to this page names. */
export function useUnsent(to: string | undefined): [Unsent, (part: Partial<Unsent>) => void, () => void] {
  const [mail, setMail, remove] = useLocalStorage<Unsent>({
    key: `kanal.newMail.${currentAccount()}`,
    defaultValue: empty,
    getInitialValueInEffect: false,
  });
  const change = useCallback((part: Partial<Unsent>) => setMail((now) => ({ ...now, ...part })), [setMail]);
  const named = useRef(false);
  useEffect(() => {
    if (!to || named.current) return;
    named.current = true;
    setMail((now) => ({ ...now, recipients: addressedTo(now.recipients, to) }));
  }, [to, setMail]);
  return [mail, change, remove];
}

/** Somebody else who was begun to be written to is no addressee of this one. */
export function addressedTo(recipients: RecipientsValue, to: string): RecipientsValue {
  return recipients.to.includes(to) ? recipients : { ...nobody, to: [to] };
}
