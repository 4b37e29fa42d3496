// What can be done with something as it came in: have it taken in again, or look at its bytes.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconDownload, IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { rawSourceUrl } from "@/api/files";

export function AgainButton({ label, busy, onClick }: { label: string; busy: boolean; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size={30} loading={busy} aria-label={label} onClick={onClick}>
        <IconRefresh size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

export function SourceLink({ rawEventId }: { rawEventId: string }) {
  const { t } = useTranslation("settings");
  const label = t("incoming.download");
  return (
    <Tooltip label={label}>
      <ActionIcon
        component="a"
        href={rawSourceUrl(rawEventId)}
        download
        variant="subtle"
        color="gray"
        size={30}
        aria-label={label}
      >
        <IconDownload size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
