// Connects a new channel; every screen knows it from then on.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { channelQuery, channelsQuery, createChannel } from "@/api/channels";

export function useConnect() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: createChannel,
    onSuccess: (channel) => {
      queryClient.setQueryData(channelQuery(channel.id).queryKey, channel);
      queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey });
    },
  });
}
