// Shown while a page is being fetched, if that takes longer than a moment.
import { Center, Loader } from "@mantine/core";

export function PageLoading() {
  return (
    <Center h="100%" mih={200}>
      <Loader size="sm" type="dots" />
    </Center>
  );
}
