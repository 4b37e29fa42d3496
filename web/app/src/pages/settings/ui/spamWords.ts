// Why something that came in is spam, as the incoming log says it.

export const spamSentences: [RegExp, string][] = [
  [/^the sender is on the deny list$/, "denied"],
  [/^the sender is blocked$/, "blocked"],
  [/^it goes on in a conversation that is spam$/, "thread"],
  [/^it comes from the address that it was sent to$/, "ownAddress"],
  [/^an automatic answer to nothing that was written here$/, "automatic"],
  [/^it has the marks of a newsletter$/, "marketing"],
  [/^it says how to unsubscribe$/, "unsubscribe"],
  [/^its sender is a function and no person$/, "roleBased"],
  [/^the mail filter says so: (?<said>.+)$/, "filter"],
  [/^it was spam and was forgotten after 90 days$/, "forgotten"],
];
