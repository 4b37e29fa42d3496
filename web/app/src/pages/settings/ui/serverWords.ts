// Sentences of the server in the reader's language; one that is not known here is shown as it came.
import type { TFunction } from "i18next";
import { faultWords } from "@/kit/faultWords";
import { mailSentences } from "./mailWords";
import { spamSentences } from "./spamWords";

const sentences: [RegExp, string][] = [
  [/^outgoing mail is not set up\.?$/i, "notSetUp"],
  [/^another account of this installation has connected this address/, "addressLost"],
  [/^channel is off$/, "channelOff"],
  [/^the channel was deleted$/, "channelDeleted"],
  [/^its channel was deleted$/, "itsChannelDeleted"],
  [/^its channel is off; switch it on first$/, "itsChannelOff"],
  [/^it is waiting to be taken in already$/, "alreadyWaiting"],
  [/^it was understood and taken in already$/, "alreadyTakenIn"],
  [/^the same message again$/, "sameAgain"],
  [/^our own message came back$/, "ownBack"],
  [/^automatic mail from a member$/, "automaticFromMember"],
  [/^there was nothing in it$/, "nothingInIt"],
  [/^a receipt for nothing that we sent$/, "receiptForNothing"],
  [/is not an email address such as /, "noAddress"],
  [/^Type the company name/, "companyNeeded"],
  [/^Type the password that belongs to this user name\.$/, "passwordNeeded"],
  [/^Write the name of a mail server/, "hostNeeded"],
  [/^This is needed\.$/, "needed"],
  [/^(?<where>\S+) cannot be reached\.$/, "unreachable"],
  [/^(?<where>\S+) does not offer STARTTLS\.$/, "noStarttls"],
  [/^Sign-in was refused: (?<said>.*)$/, "signInRefused"],
  [/^The password would travel in the clear/, "inTheClear"],
  [/^No safe connection to (?<where>\S+): it does not speak TLS there/, "noTls"],
  [/^Give it a name of at most/, "nameNeeded"],
  [/^Type the name of the channel exactly/, "exactName"],
  [/^Choose at least one team/, "teamNeeded"],
  [/^cannot be answered yet: connect an email address$/, "noWayToAnswer"],
  [/^cannot be answered: the form has no email field$/, "noEmailField"],
  [/^That is no channel that can write to people/, "noSender"],
  [/^Type the secret key that the provider gave you/, "secretNeeded"],
  [/^Copy the key as the provider shows it\.$/, "keyNeeded"],
  [/^Choose a form\.$/, "formNeeded"],
  [/^(There is no such form|The form was deleted); choose another one\.$/, "formGone"],
  [/^Another channel carries this form/, "formTaken"],
];

/** How a sentence starts that tells why something could not be done. */
const beginnings = [
  ["Sending: ", "sending"],
  ["The verification mail could not be sent: ", "proving"],
] as const;

export function inWords(said: string, t: TFunction): string {
  for (const [start, key] of beginnings)
    if (said.startsWith(start))
      return t(`settings:said.${key}`, { said: inWords(said.slice(start.length), t) });
  for (const [pattern, key] of sentences) {
    const match = pattern.exec(said);
    if (match) return t(`settings:said.${key}`, { ...match.groups });
  }
  for (const [pattern, key] of mailSentences) {
    const match = pattern.exec(said);
    if (match) return t(`settings:said.mail.${key}`, { ...match.groups });
  }
  for (const [pattern, key] of spamSentences) {
    const match = pattern.exec(said);
    if (match) return t(`settings:said.spam.${key}`, { ...match.groups });
  }
  return faultWords(said, t);
}
