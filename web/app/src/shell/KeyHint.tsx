// After the first stroke of two: what the second one would do.
import { useSyncExternalStore } from "react";
import { Caps, nowFollowing, watchFollowing } from "@/kit/keys";
import classes from "./KeyHint.module.css";

export function KeyHint() {
  const following = useSyncExternalStore(watchFollowing, nowFollowing);
  if (!following) return null;
  return (
    <div className={classes.hint} role="status">
      <Caps keys={following.struck.join(" ")} />
      <ul>
        {following.next.map(({ stroke, key }) => (
          <li key={stroke}>
            <Caps keys={stroke} />
            {key.label}
          </li>
        ))}
      </ul>
    </div>
  );
}
