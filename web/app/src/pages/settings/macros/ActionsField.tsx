// What a macro does, one row each.
import { ActionIcon, Button, Menu, Select } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { MacroAction } from "@/api/macros";
import { ActionValue } from "./ActionValue";
import { type DraftAction, newAction, type What, whats, withId } from "./draft";
import classes from "./MacroDrawer.module.css";

interface Props {
  actions: DraftAction[];
  onChange: (actions: DraftAction[]) => void;
  faultAt: (at: number, field: string) => string | undefined;
}

export function ActionsField({ actions, onChange, faultAt }: Props) {
  const { t } = useTranslation("macros");
  const set = (id: string, action: MacroAction) =>
    onChange(actions.map((one) => (one.id === id ? { id, action } : one)));
  return (
    <fieldset className={classes.group}>
      <legend className={classes.label}>{t("editor.actions")}</legend>
      <p className={classes.hint}>{t("editor.actionsText")}</p>
      <ul className={classes.actions}>
        {actions.map(({ id, action }, at) => (
          <li key={id} className={classes.action}>
            <div>
              <Select
                aria-label={t("action.kind")}
                data={whats.map((value) => ({ value, label: t(`action.${value}`) }))}
                value={action.do}
                allowDeselect={false}
                onChange={(what) => what && what !== action.do && set(id, newAction(what as What))}
              />
              <ActionValue
                action={action}
                onChange={(changed) => set(id, changed)}
                faultAt={(field) => faultAt(at, field)}
              />
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={34}
              aria-label={t("editor.removeAction", { name: t(`action.${action.do}`) })}
              onClick={() => onChange(actions.filter((one) => one.id !== id))}
            >
              <IconX size={15} stroke={1.8} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconPlus size={15} stroke={1.8} />}>
            {t("editor.addAction")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {whats.map((what) => (
            <Menu.Item key={what} onClick={() => onChange([...actions, withId(newAction(what))])}>
              {t(`action.${what}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </fieldset>
  );
}
