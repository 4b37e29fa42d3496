// After a change of teams, whatever shows teams or who is in them is read again.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { accountKey } from "@/api/desk";
import { useFreshPeople } from "@/api/people";

export function useFreshTeams(): () => Promise<void> {
  const queryClient = useQueryClient();
  const freshPeople = useFreshPeople();
  return useCallback(async () => {
    await queryClient.invalidateQueries({ queryKey: accountKey("teams") });
    await freshPeople();
  }, [queryClient, freshPeople]);
}
