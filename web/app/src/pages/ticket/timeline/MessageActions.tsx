// Answering one message, all whom it names, or handing it on.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowBackUpDouble, IconArrowForwardUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { MessageItem } from "@/api/types";
import { useWrite } from "../composer/writing";

const icons = { reply: IconArrowBackUp, reply_all: IconArrowBackUpDouble, forward: IconArrowForwardUp };

export function MessageActions({ message }: { message: MessageItem }) {
  const { t } = useTranslation("composer");
  const write = useWrite();
  if (!write) return null;
  const others = message.to.length + message.cc.length > 1;
  const modes = (["reply", "reply_all", "forward"] as const).filter((mode) => mode !== "reply_all" || others);
  return modes.map((mode) => {
    const Icon = icons[mode];
    return (
      <Tooltip key={mode} label={t(mode)}>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={t(mode)}
          onClick={() => write(mode, message.id)}
        >
          <Icon size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    );
  });
}
