// Saves a change of somebody, and shows it wherever they stand.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeMember, type MemberChange, memberQuery, useFreshPeople } from "@/api/people";

export function useChangeMember(memberId: string) {
  const queryClient = useQueryClient();
  const fresh = useFreshPeople();
  return useMutation({
    mutationFn: (change: MemberChange) => changeMember(memberId, change),
    onSuccess: (changed) => {
      queryClient.setQueryData(memberQuery(memberId).queryKey, changed);
      return fresh(memberId);
    },
  });
}
