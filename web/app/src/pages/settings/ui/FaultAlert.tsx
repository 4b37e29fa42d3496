// What went wrong and belongs to no field.
import { Alert } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";

export function FaultAlert({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertCircle size={18} stroke={1.7} />}
      py={9}
      px="sm"
    >
      {text}
    </Alert>
  );
}
