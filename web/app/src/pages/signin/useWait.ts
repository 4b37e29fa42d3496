// Seconds until one may try again after too many tries; 0 when one may.
import { useEffect, useState } from "react";
import { Problem } from "@/api/http";

export function useWait(error: Error | null): number {
  const [wait, setWait] = useState(0);
  useEffect(() => {
    if (!(error instanceof Problem) || error.kind !== "rate-limited") return setWait(0);
    const until = Date.now() + (error.retryAfter ?? 60) * 1000;
    const tick = () => setWait(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [error]);
  return wait;
}
