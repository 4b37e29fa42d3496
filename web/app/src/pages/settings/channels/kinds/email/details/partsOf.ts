/** "Eva Berg (Acme) <support@acme.example>" in its two parts. */
export function partsOf(from: string): { name: string; address: string } {
  const parts = /^(?<name>.*?)\s*<(?<address>[^<>]*)>$/.exec(from)?.groups;
  return { name: parts?.name ?? "", address: parts?.address ?? from };
}
