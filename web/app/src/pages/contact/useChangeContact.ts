// Changes a contact; what came back is shown at once.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ContactChange, changeContact, contactQuery } from "@/api/timeline";

export function useChangeContact(id: string) {
  const queryClient = useQueryClient();
  const key = contactQuery(id).queryKey;
  return useMutation({
    mutationFn: (change: ContactChange) => changeContact(id, change),
    onSuccess: (changed) => queryClient.setQueryData(key, changed),
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  });
}
