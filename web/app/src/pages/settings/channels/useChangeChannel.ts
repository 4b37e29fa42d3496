// Changes a channel; the answer is what every screen shows from then on.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ChannelChange, changeChannel, channelQuery, channelsQuery } from "@/api/channels";

export function useChangeChannel(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: ChannelChange) => changeChannel(id, change),
    onSuccess: (channel) => {
      queryClient.setQueryData(channelQuery(id).queryKey, channel);
      queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey });
    },
  });
}
