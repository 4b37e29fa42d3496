// Who is signed in, and in which accounts.
import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { del, get, Problem, patch, post, put } from "./http";
import type { OneTimeLink, Page, Session, SignedInSession, TotpSetup } from "./types";

/** null when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await get<Session>("/session");
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** The session behind a page that only signed-in people see. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  // Between signing out and leaving, the page shows whom it showed.
  const last = useRef(data);
  if (data) last.current = data;
  if (!last.current) throw new Problem(401, { type: "/problems/sign-in", title: "signed out" });
  return last.current;
}

export const signIn = (body: { email: string; password: string; totp?: string }) =>
  post<Session>("/session", body);
export const signOut = () => del("/session");

export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: () => get<Page<SignedInSession>>("/sessions"),
});
export const endSession = (id: string) => del(`/sessions/${id}`);

export const askPasswordReset = (email: string) => post("/password-resets", { email });
export const oneTimeLinkQuery = (token: string) =>
  queryOptions({
    queryKey: ["one-time-link", token],
    queryFn: () => get<OneTimeLink>(`/one-time-links/${encodeURIComponent(token)}`),
    retry: false,
  });
export const redeemOneTimeLink = (token: string, body: { password: string; name?: string; totp?: string }) =>
  post<Session>(`/one-time-links/${encodeURIComponent(token)}`, body);

export const updateUser = (body: { name?: string; locale?: "en" | "sv" }) => patch<Session>("/user", body);
export const changePassword = (body: { current: string; new: string }) => put<void>("/user/password", body);
export const startTotp = () => post<TotpSetup>("/user/totp");
export const turnOnTotp = (code: string) => put<void>("/user/totp", { code });
export const turnOffTotp = (password: string) => del("/user/totp", { password });
