// Connects a new channel; every screen knows it from then on.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { channelQuery, channelsQuery, createChannel, type NewChannel } from "@/api/channels";
import { inboxesQuery } from "@/api/inboxes";

export function useConnect() {
  const queryClient = useQueryClient();
  const { inbox } = useSearch({ strict: false });
  return useMutation({
    mutationFn: (channel: NewChannel) => createChannel({ ...channel, ...(inbox && { inbox }) }),
    onSuccess: (channel) => {
      queryClient.setQueryData(channelQuery(channel.id).queryKey, channel);
      queryClient.invalidateQueries({ queryKey: channelsQuery().queryKey });
      queryClient.invalidateQueries({ queryKey: inboxesQuery().queryKey });
    },
  });
}
