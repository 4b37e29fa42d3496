// Names of those a decision is about: from its own list, or from the members of the account.
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { membersQuery } from "@/api/desk";
import type { Decision } from "@/api/routing";

export function useNameOf(decision: Decision): (id: string | null) => string | undefined {
  const members = useQuery(membersQuery()).data?.items;
  const { candidates } = decision;
  return useCallback(
    (id) =>
      id === null
        ? undefined
        : (candidates.find((one) => one.member === id)?.name ?? members?.find((one) => one.id === id)?.name),
    [candidates, members],
  );
}
