// Changes what holds for the whole desk; the answer is what every screen shows from then on.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { channelsQuery } from "@/api/channels";
import { changeDeskSettings, deskSettingsQuery } from "@/api/deskSettings";

export function useChangeDesk() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: changeDeskSettings,
    onSuccess: (now) => {
      queryClient.setQueryData(deskSettingsQuery().queryKey, now);
      queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey });
    },
  });
}
