// The sign of how somebody stands. Each has a shape of its own: a disc, a ring, a disc with a bar, a broken ring.
import classes from "./PersonFace.module.css";
import type { Standing } from "./standing";

export function StandingMark({ standing, size = 9 }: { standing: Standing; size?: number }) {
  return (
    <svg
      viewBox="0 0 10 10"
      width={size}
      height={size}
      className={classes.mark}
      data-standing={standing}
      aria-hidden="true"
    >
      {standing === "available" && <circle cx="5" cy="5" r="5" fill="currentColor" />}
      {standing === "away" && (
        <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="2.4" />
      )}
      {standing === "out_of_office" && (
        <>
          <circle cx="5" cy="5" r="5" fill="currentColor" />
          <path d="M2.6 5h4.8" className={classes.hole} strokeWidth="1.9" strokeLinecap="round" />
        </>
      )}
      {standing === "unknown" && (
        <circle
          cx="5"
          cy="5"
          r="4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="2.2 2"
        />
      )}
    </svg>
  );
}
