// One cache for all reads; the live socket keeps it fresh, so nothing polls.
import { QueryCache, QueryClient } from "@tanstack/react-query";
import { Offline, Problem } from "./http";

let onSignedOut: () => void = () => {};

/** What to do when the server says that nobody is signed in any more. */
export function whenSignedOut(action: () => void): void {
  onSignedOut = action;
}

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: noticeSignOut }),
    defaultOptions: {
      queries: { staleTime: 60_000, refetchOnWindowFocus: false, retry: retryOnlyWhatMayPass },
      // A change that cannot be made now is not made later behind somebody's back: it says so.
      mutations: { onError: noticeSignOut, retry: false, networkMode: "always" },
    },
  });
}

export function retryOnlyWhatMayPass(failures: number, error: Error): boolean {
  if (failures >= 2) return false;
  return error instanceof Offline || (error instanceof Problem && error.status >= 500);
}

function noticeSignOut(error: Error): void {
  if (error instanceof Problem && error.kind === "sign-in") onSignedOut();
}
