export { Caps } from "./Caps";
export { isCovered, nowFollowing, watchFollowing } from "./listen";
export type { Choice, Key, Scope } from "./registry";
export { isOn, scopes, writtenKeys } from "./registry";
export { useSingleKeys } from "./singleKeys";
export { isMac } from "./strokes";
export { useKeys, useMounted } from "./useKeys";
