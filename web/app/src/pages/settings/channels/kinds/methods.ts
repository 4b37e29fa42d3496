// The ways to connect a kind that the app can walk.
import type { Kind } from "@/api/types";
import { screensOf } from "./screens";

export function methodsOf(kind: Kind): Kind["methods"] {
  const { methods } = screensOf(kind.kind);
  return methods ? kind.methods.filter((method) => methods.includes(method.key)) : kind.methods;
}

/** The only way, where nobody needs to be asked for it. */
export function onlyMethod(kind: Kind): Kind["methods"][number] | undefined {
  return !screensOf(kind.kind).methods && kind.methods.length === 1 ? kind.methods[0] : undefined;
}
