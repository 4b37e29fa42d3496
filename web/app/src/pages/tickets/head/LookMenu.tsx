// How the view is shown: layout, order, columns; and the way to change the view itself.
import { ActionIcon, Menu, SegmentedControl } from "@mantine/core";
import {
  IconAdjustmentsHorizontal,
  IconColumns3,
  IconCopyPlus,
  IconDeviceFloppy,
  IconFilterEdit,
  IconLayoutColumns,
  IconLayoutKanban,
  IconListDetails,
  IconRestore,
  IconTable,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Layout, layouts, type View } from "@/api/views";
import { useKeys } from "@/kit/keys";
import { type AfterClosing, afterClosings, useAfterClosing } from "../afterClosing";
import { openDialog } from "../dialogs";
import { sortsOf } from "../sorts";
import { useKeepLook, useLook } from "../useLook";
import classes from "./LookMenu.module.css";

const icons = { split: IconListDetails, table: IconTable, board: IconLayoutKanban };

export function LookMenu({ view }: { view: View }) {
  const { t } = useTranslation("views");
  const look = useLook(view);
  const keepLook = useKeepLook(view);
  const [opened, setOpened] = useState(false);
  const turn = () => {
    const next = layouts[(layouts.indexOf(view.layout) + 1) % layouts.length];
    if (next) look({ layout: next });
  };
  useKeys("list", [
    { id: "layout", keys: "b", label: t("key.layout"), icon: IconLayoutColumns, run: turn },
    {
      id: "look",
      keys: "v",
      label: t("key.look"),
      icon: IconAdjustmentsHorizontal,
      run: () => setOpened(true),
    },
    {
      id: "newView",
      label: t("new"),
      icon: IconCopyPlus,
      run: () => openDialog({ is: "new", from: view }),
    },
  ]);
  return (
    <Menu
      position="bottom-end"
      withinPortal
      width={272}
      opened={opened}
      onChange={setOpened}
      closeOnItemClick={false}
    >
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={30} aria-label={t("look")} title={`${t("look")} (V)`}>
          <IconAdjustmentsHorizontal size={17} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t("look")}>
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
