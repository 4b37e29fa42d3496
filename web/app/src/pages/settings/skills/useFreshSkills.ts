// After a change of skills, whatever shows skills is read again.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { accountKey } from "@/api/desk";

export function useFreshSkills(): () => Promise<void> {
  const queryClient = useQueryClient();
  return useCallback(async () => {
    const reads = ["skill-categories", "skill-uses", "member"];
    await Promise.all(reads.map((read) => queryClient.invalidateQueries({ queryKey: accountKey(read) })));
  }, [queryClient]);
}
