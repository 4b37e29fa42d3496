// One macro in the list: what it is called, how it begins, who may use it, what is wrong with it.
import { ActionIcon, Badge, Menu, UnstyledButton } from "@mantine/core";
import {
  IconAlertTriangle,
  IconBolt,
  IconCopy,
  IconDots,
  IconFileText,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { teamsQuery } from "@/api/desk";
import type { Macro } from "@/api/macros";
import classes from "./MacrosPage.module.css";

interface Props {
  macro: Macro;
  onOpen: () => void;
  onCopy: (() => void) | null;
  onDelete: () => void;
}

export function MacroRow({ macro, onOpen, onCopy, onDelete }: Props) {
  const { t } = useTranslation("macros");
  const { name, actions, problems } = macro;
  const Icon = actions.length > 0 ? IconBolt : IconFileText;
  return (
    <li className={classes.row}>
      <UnstyledButton className={classes.open} onClick={onOpen}>
        <Icon size={18} stroke={1.6} aria-hidden="true" className={classes.icon} />
        <span className={classes.what}>
          <span className={classes.name}>
            <span className="k-hidden">{t(actions.length > 0 ? "macro" : "snippet")}: </span>
            {name}
            {macro.shortcut && <code>/{macro.shortcut}</code>}
            {problems.length > 0 && (
              <Badge
                size="sm"
                variant="default"
                tt="none"
                fw={500}
                leftSection={<IconAlertTriangle size={11} stroke={2} aria-hidden="true" />}
              >
                {t("problems", { count: problems.length })}
              </Badge>
            )}
          </span>
          <span className={classes.begins}>{macro.body_text || actionKinds(macro, t)}</span>
        </span>
        <span className={classes.whose}>
          <SharedWith macro={macro} />
          {macro.used > 0 && <span>{t("usedTimes", { count: macro.used })}</span>}
        </span>
      </UnstyledButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={34} aria-label={t("menu", { name })}>
            <IconDots size={17} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} stroke={1.7} />} onClick={onOpen}>
            {t(macro.may_edit ? "edit" : "open")}
          </Menu.Item>
          {onCopy && (
            <Menu.Item leftSection={<IconCopy size={15} stroke={1.7} />} onClick={onCopy}>
              {t("duplicate")}
            </Menu.Item>
          )}
          {macro.may_edit && (
            <Menu.Item leftSection={<IconTrash size={15} stroke={1.7} />} color="red" onClick={onDelete}>
              {t("delete")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

type Words = ReturnType<typeof useTranslation<"macros">>["t"];

const actionKinds = (macro: Macro, t: Words) =>
  macro.actions.map((action) => t(`action.${action.do}`)).join(" · ");

function SharedWith({ macro }: { macro: Macro }) {
  const { t } = useTranslation("macros");
  const teams = useQuery({ ...teamsQuery(), enabled: macro.shared_with === "teams" }).data?.items ?? [];
  if (macro.shared_with !== "teams") return <span>{t(`sharedWith.${macro.shared_with}`)}</span>;
  const names = macro.teams.map((id) => teams.find((team) => team.id === id)?.name ?? t("sharedWith.gone"));
  return <span>{names.join(", ")}</span>;
}
