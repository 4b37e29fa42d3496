// Oneself: language, colours, own account, other accounts, sign-out.
import { Popover, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconSelector } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { PersonFace, SpokenStanding } from "@/kit/PersonFace";
import classes from "./UserMenu.module.css";

const load = () => import("./UserPanel").then((module) => ({ default: module.UserPanel }));
const UserPanel = lazy(load);

export function UserMenu({ slug, label }: { slug: string; label?: string }) {
  const { t } = useTranslation("shell");
  const me = useMe();
  const [opened, { toggle, close }] = useDisclosure(false);
  const shown = label ?? me.name;
  return (
    <Popover opened={opened} onDismiss={close} position="top-start" width={272} returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={label ? classes.tall : classes.target}
          onClick={toggle}
          onPointerEnter={load}
          onFocus={load}
        >
          <PersonFace
            person={{ ...me, id: me.member_id }}
            size={label ? 24 : 26}
            tooltip={!opened}
            spoken={false}
          />
          <span className={classes.name}>{shown}</span>
          <SpokenStanding person={{ ...me, id: me.member_id }} />
          <span className="k-hidden">, {t("user.menu")}</span>
          {!label && <IconSelector size={15} stroke={1.6} className={classes.selector} aria-hidden="true" />}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label={t("user.menu")}>
        <Suspense>
          <UserPanel slug={slug} onLeave={close} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
