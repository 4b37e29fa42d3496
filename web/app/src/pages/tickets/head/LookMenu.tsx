// How the view is shown: layout, order, columns; and the way to change the view itself.
import { Menu, SegmentedControl } from "@mantine/core";
import {
  IconColumns3,
  IconCopyPlus,
  IconDeviceFloppy,
  IconFilterEdit,
  IconLayoutKanban,
  IconListDetails,
  IconRestore,
  IconTable,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Layout, layouts, type View } from "@/api/views";
import { type AfterClosing, afterClosings, useAfterClosing } from "../afterClosing";
import { openDialog } from "../dialogs";
import { sortsOf } from "../sorts";
import { useKeepLook, useLook } from "../useLook";
import { LookButton } from "./LookButton";
import classes from "./LookMenu.module.css";

const icons = { split: IconListDetails, table: IconTable, board: IconLayoutKanban };

interface Props {
  view: View;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

export function LookMenu({ view, opened, onOpened }: Props) {
  const { t } = useTranslation("views");
  const look = useLook(view);
  const keepLook = useKeepLook(view);
  return (
    <Menu
      position="bottom-end"
      withinPortal
      width={272}
      opened={opened}
      onChange={onOpened}
      closeOnItemClick={false}
    >
      <Menu.Target>
        <LookButton label={t("tickets:look")} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t("tickets:look")}>
        {view.key !== "spam" && <LayoutChoice value={view.layout} onChange={(layout) => look({ layout })} />}
        <Menu.Label>{t("sort.label")}</Menu.Label>
        <Menu.RadioGroup value={view.sort} onChange={(sort) => look({ sort })}>
          {sortsOf(view).map((sort) => (
            <Menu.RadioItem key={sort} value={sort}>
              {t(`sort.${sort}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        {view.layout === "table" && (
          <Item
            icon={<IconColumns3 size={16} stroke={1.7} />}
            onClick={() => openDialog({ is: "columns", view, onChoose: look })}
          >
            {t("columns.title")}
          </Item>
        )}
        {view.may_edit && (
          <Item
            icon={<IconFilterEdit size={16} stroke={1.7} />}
            onClick={() => openDialog({ is: "edit", view })}
          >
            {t("edit")}
          </Item>
        )}
        <Item
          icon={<IconCopyPlus size={16} stroke={1.7} />}
          onClick={() => openDialog({ is: "new", from: view })}
        >
          {t("saveAs")}
        </Item>
        {view.own && (
          <Item
            icon={<IconRestore size={16} stroke={1.7} />}
            onClick={() => look({ layout: null, sort: null, columns: null })}
          >
            {t("asItSays")}
          </Item>
        )}
        {view.own && view.may_edit && (
          <Item icon={<IconDeviceFloppy size={16} stroke={1.7} />} onClick={keepLook}>
            {t("keepLook")}
          </Item>
        )}
        <Menu.Divider />
        <AfterClosingChoice />
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <Menu.Item leftSection={icon} closeMenuOnClick onClick={onClick}>
      {children}
    </Menu.Item>
  );
}

function LayoutChoice({ value, onChange }: { value: Layout; onChange: (layout: Layout) => void }) {
  const { t } = useTranslation("views");
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      mb={4}
      aria-label={t("layout.label")}
      value={value}
      onChange={(layout) => onChange(layout as Layout)}
      data={layouts.map((layout) => {
        const Icon = icons[layout];
        return {
          value: layout,
          label: (
            <span className={classes.layout}>
              <Icon size={15} stroke={1.7} aria-hidden="true" />
              {t(`layout.${layout}`)}
            </span>
          ),
        };
      })}
    />
  );
}

function AfterClosingChoice() {
  const { t } = useTranslation("views");
  const [after, setAfter] = useAfterClosing();
  return (
    <>
      <Menu.Label>{t("afterClosing.label")}</Menu.Label>
      <Menu.RadioGroup value={after} onChange={(value) => setAfter(value as AfterClosing)}>
        {afterClosings.map((one) => (
          <Menu.RadioItem key={one} value={one}>
            {t(`afterClosing.${one}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
