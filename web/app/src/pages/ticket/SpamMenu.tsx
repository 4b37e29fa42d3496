// "Mark as spam" and "Block sender" on a ticket; the message that tells of it takes it back.
import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconMailOff, IconUserOff } from "@tabler/icons-react";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { TicketDetail } from "@/api/types";
import { useMarkSpam } from "@/pages/spam/useMarking";

export function SpamMenu({ ticket }: { ticket: TicketDetail }) {
  const { t } = useTranslation("spam");
  const navigate = useNavigate();
  const { slug } = useParams({ from: "/a/$slug" });
  const { view } = useSearch({ from: "/a/$slug/tickets" });
  const toList = () => navigate({ to: "/a/$slug/tickets", params: { slug }, search: { view } });
  const toTicket = () =>
    navigate({
      to: "/a/$slug/tickets/$number",
      params: { slug, number: String(ticket.number) },
      search: { view },
    });
  const mark = useMarkSpam(toList, toTicket);
  const conversations = ticket.conversations.map(({ id }) => id);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" loading={mark.isPending} aria-label={t("ticket.more")}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconMailOff size={16} stroke={1.6} />}
          onClick={() => mark.mutate({ conversations, block: false })}
        >
          {t("ticket.mark")}
        </Menu.Item>
        <Menu.Item
          color="red"
          leftSection={<IconUserOff size={16} stroke={1.6} />}
          onClick={() => mark.mutate({ conversations, block: true })}
        >
          {t("ticket.block")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
