// Why a mail to a member did not leave, in the reader's words; what the server says otherwise is shown as it came.
import type { TFunction } from "i18next";

const reasons: [RegExp, string][] = [
  [/^the mail server refused the recipient: (?<code>\d+)$/, "recipient"],
  [/^the mail server refused the mail: (?<code>\d+)$/, "mail"],
  [/^the mail server does not know our user name and password/, "password"],
  [/^the mail server cannot be reached or does not answer/, "unreachable"],
  [/^no outgoing mail server is set/, "noServer"],
  [/^the address cannot be written in a mail$/, "address"],
  [/^it could not be made/, "notMade"],
];

export function reasonInWords(reason: string, t: TFunction): string {
  for (const [pattern, key] of reasons) {
    const match = pattern.exec(reason);
    if (match) return t(`mails:reason.${key}`, { ...match.groups });
  }
  return reason;
}
