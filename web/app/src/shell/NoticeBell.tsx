// The bell: how many notices are unread; what they are is fetched when it is opened.
import { ActionIcon, Indicator, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import classes from "./NoticeBell.module.css";

const load = () => import("./NoticeList").then((module) => ({ default: module.NoticeList }));
const NoticeList = lazy(load);

export function NoticeBell({ slug, label }: { slug: string; label?: string }) {
  const { t } = useTranslation("shell");
  const { unread_notices: unread } = useMe();
  const [opened, { toggle, close }] = useDisclosure(false);
  const name = unread ? t("notices.unread", { count: unread }) : t("notices.title");
  return (
    <Popover opened={opened} onDismiss={close} position="bottom-start" width={360} returnFocus>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={label ? "100%" : 32}
          className={label ? classes.tall : undefined}
          onClick={toggle}
          onPointerEnter={load}
          onFocus={load}
          aria-label={label ? undefined : name}
        >
          <Indicator
            disabled={!unread}
            label={unread > 99 ? "99+" : unread}
            size={15}
            offset={2}
            color="#c2410c"
          >
            <IconBell size={label ? 22 : 18} stroke={1.6} />
          </Indicator>
          {label && <span>{label}</span>}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} className={classes.panel}>
        {opened && (
          <Suspense>
            <NoticeList slug={slug} onOpen={close} />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
