// What the server says is wrong with one's own address or its code, in the reader's language.
import type { TFunction } from "i18next";

const faults: [RegExp, string][] = [
  [/^That is no address;/, "noAddress"],
  [/^It is yours already/, "yours"],
  [/^At most (?<n>\d+) addresses are possible/, "most"],
  [
    /^This address is in use on this installation: it is the address of the channel “(?<name>.+)”\.$/,
    "ofChannel",
  ],
  [/^This address is in use on this installation/, "inUse"],
  [/^Kanal cannot send mail yet/, "noServer"],
  [/^The mail server does not take this address/, "refused"],
  [/^The mail could not be sent now/, "notSent"],
  [/^That is not the code in the mail\. You can try once more\.$/, "wrongOnce"],
  [/^That is not the code in the mail\. You can try (?<n>\d+) times more\.$/, "wrong"],
  [/^The code is no longer good/, "expired"],
  [/^It was tried too often/, "tooMany"],
];

export function addressFault(said: string | undefined, t: TFunction): string | undefined {
  for (const [pattern, key] of faults) {
    const match = said && pattern.exec(said);
    if (match) return t(`addresses:fault.${key}`, { ...match.groups });
  }
  return said;
}
