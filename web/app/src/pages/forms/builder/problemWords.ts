// What the server says is wrong with a form, in the reader's language; a sentence that is not known here is shown as it
// came.
import type { TFunction } from "i18next";
import { faultWords } from "@/kit/faultWords";

const sentences: [RegExp, string][] = [
  [/^give it a name of at most (?<n>\S+) characters$/, "name"],
  [/^add a field that visitors fill in$/, "noField"],
  [/^a form may have (?<n>\S+) fields/, "tooManyFields"],
  [/^all texts and choices together are too long/, "tooLarge"],
  [/^write lower case letters, digits and _/, "fieldName"],
  [/^an earlier field has this name/, "fieldNameTaken"],
  [/^write what is asked, in at most (?<n>\S+) characters$/, "label"],
  [/^nobody can consent to what they do not see/, "hiddenConsent"],
  [/^nobody could add a file/, "hiddenFile"],
  [/^a hidden field that is required needs a default$/, "hiddenRequired"],
  [/^a hidden field is never shown/, "hiddenCondition"],
  [/^add a choice$/, "noChoice"],
  [/^there may be (?<n>\S+) choices/, "tooManyChoices"],
  [/^write at most (?<n>[\d,]+) characters$/, "tooLong"],
  [/^another choice is the same$/, "sameChoice"],
  [/^write a number from (?<from>\S+) to (?<to>\S+)$/, "range"],
  [/^there is no such property that a form can set/, "property"],
  [/^the property is archived; restore it, or choose another one$/, "archived"],
  [/^no answer in a form can be kept in this property/, "property"],
  [/^the property it sets takes /, "type"],
  [/^an earlier field sets this property already/, "propertyTaken"],
  [/^it is not one of the property's choices any more/, "choiceGone"],
  [/^there is no such pipeline any more/, "pipelineGone"],
  [/^(?<name>.+) has no such open status; choose another one$/, "status"],
  [/^only fields that stand before this one can be asked about$/, "later"],
  [/^write a colour such as/, "colour"],
  [/^write where the sender goes after sending/, "redirect"],
  [/^there may be (?<n>\d+) sites$/, "tooManySites"],
  [/^write a site without a path/, "site"],
];

export function problemWords(said: string, t: TFunction): string {
  for (const [pattern, key] of sentences) {
    const match = pattern.exec(said);
    if (match) return t(`forms:problem.${key}`, { ...match.groups });
  }
  const words = faultWords(said, t);
  return words === said ? `${said.charAt(0).toLocaleUpperCase()}${said.slice(1)}.` : words;
}
