// What can be added: clicked it comes below the chosen field, dragged it comes where it is dropped.
import { useDraggable } from "@dnd-kit/core";
import { TextInput } from "@mantine/core";
import { IconCheck, IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldIcons } from "../typeIcons";
import classes from "./Palette.module.css";
import type { FieldPalette, PaletteItem } from "./usePalette";

interface Props {
  palette: FieldPalette;
  onAdd: (id: string) => void;
}

export function Palette({ palette, onAdd }: Props) {
  const { t } = useTranslation("forms");
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLocaleLowerCase();
  const groups = palette.groups
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => item.label.toLocaleLowerCase().includes(wanted)),
    }))
    .filter((group) => group.items.length > 0);
  return (
    <div className={classes.palette}>
      <TextInput
        size="xs"
        leftSection={<IconSearch size={14} stroke={1.8} />}
        placeholder={t("palette.search")}
        aria-label={t("palette.search")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {groups.map(({ key, items }) => (
        <div key={key}>
          <h2 className={classes.heading}>{t(`palette.group.${key}`)}</h2>
          {key !== "types" && <p className={classes.text}>{t(`palette.text.${key}`)}</p>}
          <ul className={classes.items} data-wide={key !== "types" || undefined}>
            {items.map((item) => (
              <li key={item.id}>
                <Item item={item} onAdd={() => onAdd(item.id)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {groups.length === 0 && <p className={classes.text}>{t("common:noMatch")}</p>}
    </div>
  );
}

function Item({ item, onAdd }: { item: PaletteItem; onAdd: () => void }) {
  const { t } = useTranslation("forms");
  const drag = useDraggable({ id: item.id, disabled: item.used });
  // The keyboard adds by Enter; carrying from list to list by arrow keys helps nobody.
  const { onKeyDown: _, ...listeners } = drag.listeners ?? {};
  const Icon = fieldIcons[item.type];
  return (
    <button
      ref={drag.setNodeRef}
      type="button"
      className={classes.item}
      disabled={item.used}
      title={item.used ? t("palette.used") : item.label}
      data-dragged={drag.isDragging || undefined}
      onClick={onAdd}
      {...listeners}
    >
      <Icon size={16} stroke={1.6} aria-hidden="true" />
      <span className={classes.label}>{item.label}</span>
      {item.used && (
        <>
          <IconCheck size={14} stroke={2} aria-hidden="true" />
          <span className="k-hidden">{t("palette.used")}</span>
        </>
      )}
    </button>
  );
}
