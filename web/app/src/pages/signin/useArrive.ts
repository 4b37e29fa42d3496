// What happens once somebody has proved who they are: their language, and on to where they wanted to go.
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { sessionQuery } from "@/api/session";
import type { Session } from "@/api/types";
import { changeLocale, i18n } from "@/i18n";

export function useArrive(next = "/"): (session: Session) => Promise<void> {
  const queryClient = useQueryClient();
  const router = useRouter();
  return async (session) => {
    // Nothing that somebody else has read in this tab is kept.
    queryClient.clear();
    queryClient.setQueryData(sessionQuery.queryKey, session);
    if (session.user.locale !== i18n.language) await changeLocale(session.user.locale);
    router.history.push(next);
  };
}
