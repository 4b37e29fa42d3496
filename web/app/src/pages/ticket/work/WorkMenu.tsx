// What can be done with a ticket beside answering it, and to whom that is seldom: spam.
import { ActionIcon, Kbd, Menu } from "@mantine/core";
import {
  IconBell,
  IconBellOff,
  IconClock,
  IconDots,
  IconLink,
  IconMailOff,
  IconMailPlus,
  IconPencil,
  IconSum,
  IconTag,
  IconTrash,
  IconUserOff,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { TicketDetail } from "@/api/types";
import { useMarkSpam } from "@/pages/spam/useMarking";
import type { Asking } from "./Dialogs";
import type { Work } from "./useWork";

interface Props {
  slug: string;
  ticket: TicketDetail;
  work: Work;
  onAsk: (asking: Asking) => void;
  onSplit: () => void;
  onLeave: () => void;
}

export function WorkMenu({ slug, ticket, work, onAsk, onSplit, onLeave }: Props) {
  const { t } = useTranslation(["work", "spam"]);
  const { can } = useMe();
  const navigate = useNavigate();
  const mark = useMarkSpam(onLeave, () => work.show(ticket.number));
  const conversations = ticket.conversations.map(({ id }) => id);
  const Bell = ticket.following ? IconBellOff : IconBell;
  const follow = (
    <Menu.Item
      leftSection={<Bell size={16} stroke={1.6} />}
      rightSection={
        <Kbd size="xs" aria-hidden="true">
          F
        </Kbd>
      }
      onClick={() => work.follow(!ticket.following)}
    >
      {t(ticket.following ? "unfollow" : "follow")}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" loading={mark.isPending} aria-label={t("spam:ticket.more")}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {!can.answer ? (
          follow
        ) : (
          <>
            <Menu.Item
              leftSection={<IconClock size={16} stroke={1.6} />}
              rightSection={
                <Kbd size="xs" aria-hidden="true">
                  H
                </Kbd>
              }
              onClick={() => (ticket.snoozed_until ? work.wake() : onAsk("snooze"))}
            >
              {t(ticket.snoozed_until ? "wake" : "snooze.action")}
            </Menu.Item>
            {follow}
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={() => onAsk("edit")}>
              {t("edit.action")}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTag size={16} stroke={1.6} />}
              rightSection={
                <Kbd size="xs" aria-hidden="true">
                  L
                </Kbd>
              }
              onClick={() => onAsk("tags")}
            >
              {t("tags.action")}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconSum size={16} stroke={1.6} />}
              rightSection={
                <Kbd size="xs" aria-hidden="true">
                  M
                </Kbd>
              }
              onClick={() => onAsk("merge")}
            >
              {t("merge.action")}
            </Menu.Item>
            {conversations.length > 0 && (
              <Menu.Item leftSection={<IconMailPlus size={16} stroke={1.6} />} onClick={onSplit}>
                {t("split.action")}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconLink size={16} stroke={1.6} />} onClick={() => onAsk("link")}>
              {t("link.action")}
            </Menu.Item>
            {ticket.contact?.email && (
              <Menu.Item
                leftSection={<IconMailPlus size={16} stroke={1.6} />}
                onClick={() =>
                  navigate({
                    to: "/a/$slug/write",
                    params: { slug },
                    search: { to: ticket.contact?.email ?? undefined },
                  })
                }
              >
                {t("newMail")}
              </Menu.Item>
            )}
            <Menu.Divider />
            {conversations.length > 0 && (
              <>
                <Menu.Item
                  leftSection={<IconMailOff size={16} stroke={1.6} />}
                  rightSection={
                    <Kbd size="xs" aria-hidden="true">
                      !
                    </Kbd>
                  }
                  onClick={() => mark.mutate({ conversations, block: false })}
                >
                  {t("spam:ticket.mark")}
                </Menu.Item>
                <Menu.Item
                  color="red"
                  leftSection={<IconUserOff size={16} stroke={1.6} />}
                  onClick={() => mark.mutate({ conversations, block: true })}
                >
                  {t("spam:ticket.block")}
                </Menu.Item>
              </>
            )}
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} stroke={1.6} />}
              rightSection={
                <Kbd size="xs" aria-hidden="true">
                  #
                </Kbd>
              }
              onClick={() => work.remove(onLeave)}
            >
              {t("delete")}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
