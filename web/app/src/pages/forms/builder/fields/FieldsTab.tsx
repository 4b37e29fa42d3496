// The fields: the palette on the left, the form in the middle, what the chosen field is on the right. Where there is no
// room for three, the outer ones become drawers.
import { DndContext, DragOverlay } from "@dnd-kit/core";
import { Button, Drawer, SegmentedControl } from "@mantine/core";
import { useDisclosure, useElementSize } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { offerUndo } from "@/kit/offerUndo";
import { useBuilding } from "../context";
import {
  contentsOf,
  type DraftField,
  duplicated,
  inserted,
  moved,
  namesBeside,
  nudged,
  onCanvas,
  without,
} from "../draft";
import { PreviewPane } from "../preview/PreviewPane";
import { Canvas } from "./Canvas";
import { FieldPanel } from "./FieldPanel";
import classes from "./Fields.module.css";
import { cardId, type FieldActions } from "./fieldActions";
import { Palette } from "./Palette";
import { useArranging } from "./useArranging";
import { usePalette } from "./usePalette";

const roomForThree = 900;
const roomForTwo = 620;

export function FieldsTab() {
  const { t } = useTranslation("forms");
  const { ref, width } = useElementSize();
  const { editing, selected, select, fieldOf } = useBuilding();
  const { draft, change } = editing;
  const fields = useMemo(() => onCanvas(draft), [draft]);
  const palette = usePalette();
  const [shown, setShown] = useState<"edit" | "preview">("edit");
  const [adding, paletteDrawer] = useDisclosure(false);
  const [opened, panelDrawer] = useDisclosure(false);
  const [said, say] = useState("");
  const three = width === 0 || width >= roomForThree;
  const two = three || width >= roomForTwo;

  const add = (paletteId: string, before: string | null) => {
    const make = palette.find(paletteId)?.make;
    if (!make) return;
    const field = make(draft.options.language, namesBeside(draft));
    change((now) => inserted(now, field, before));
    select(field.id);
    say(t("canvas.added", { name: field.label }));
    paletteDrawer.close();
    requestAnimationFrame(() =>
      document.getElementById(cardId(field.id))?.scrollIntoView({ block: "nearest" }),
    );
  };
  /** Below the chosen field, or last. */
  const addHere = (paletteId: string) => {
    const at = fields.findIndex((field) => field.id === selected);
    add(paletteId, at < 0 ? null : (fields[at + 1]?.id ?? null));
  };
  const actions = useActions(say);
  const arranging = useArranging({
    fields,
    nameOf: (id) => palette.find(id)?.label,
    onMove: (id, before) => change((now) => moved(now, id, before)),
    onAdd: add,
  });
  const open = (id: string) => {
    select(id);
    if (!three) panelDrawer.open();
  };
  const dragged = arranging.dragged;
  const field = fieldOf(selected);
  const panel = field && <FieldPanel key={field.id} field={field} />;
  const switcher = (
    <SegmentedControl
      size="xs"
      aria-label={t("canvas.shown")}
      value={shown}
      onChange={(picked) => setShown(picked as typeof shown)}
      data={[
        { value: "edit", label: t("canvas.edit") },
        { value: "preview", label: t("canvas.preview") },
      ]}
    />
  );
  return (
    <div ref={ref} className={classes.fields} data-two={two || undefined} data-three={three || undefined}>
      <DndContext {...arranging.context}>
        {two && shown === "edit" && (
          <section className={classes.side} aria-label={t("palette.title")}>
            <Palette palette={palette} onAdd={addHere} />
          </section>
        )}
        <section
          className={classes.middle}
          data-preview={shown === "preview" || undefined}
          aria-label={t("canvas.title")}
        >
          {shown === "edit" ? (
            <>
              <div className={classes.toolbar}>
                {switcher}
                {!two && (
                  <Button
                    size="xs"
                    variant="light"
                    leftSection={<IconPlus size={15} />}
                    onClick={paletteDrawer.open}
                  >
                    {t("palette.open")}
                  </Button>
                )}
              </div>
              <Canvas fields={fields} arranging={arranging} onOpen={open} actions={actions} />
            </>
          ) : (
            <div className={classes.preview}>
              <PreviewPane contents={contentsOf(draft)} lead={switcher} />
            </div>
          )}
        </section>
        <DragOverlay dropAnimation={null}>
          {dragged && (
            <div className={classes.ghost}>{palette.find(dragged)?.label ?? fieldOf(dragged)?.label}</div>
          )}
        </DragOverlay>
      </DndContext>
      {three && shown === "edit" && (
        <aside className={classes.panel} aria-label={t("panel.title")}>
          {panel || <p className={classes.hint}>{t("panel.none")}</p>}
        </aside>
      )}
      <SideDrawer
        opened={!two && adding}
        onClose={paletteDrawer.close}
        title={t("palette.title")}
        position="left"
      >
        <Palette palette={palette} onAdd={addHere} />
      </SideDrawer>
      <SideDrawer
        opened={!three && opened && field !== undefined}
        onClose={panelDrawer.close}
        title={t("panel.title")}
        position="right"
      >
        {panel}
      </SideDrawer>
      <div className="k-hidden" role="status">
        {said}
      </div>
    </div>
  );
}

interface SideProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  position: "left" | "right";
  children: ReactNode;
}

function SideDrawer({ children, ...rest }: SideProps) {
  const { t } = useTranslation();
  return (
    <Drawer
      {...rest}
      size={380}
      padding={0}
      classNames={{ header: classes.drawerHead }}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {children}
    </Drawer>
  );
}

function useActions(say: (text: string) => void): FieldActions {
  const { t } = useTranslation("forms");
  const { editing, selected, select } = useBuilding();
  const { draft, change } = editing;
  const nudge = (field: DraftField, by: -1 | 1) => {
    const next = nudged(draft, field.id, by);
    const number = onCanvas(next).findIndex((each) => each.id === field.id) + 1;
    change((now) => nudged(now, field.id, by));
    say(t("common:sort.dropped", { name: field.label, number, of: onCanvas(next).length }));
  };
  const duplicate = (field: DraftField) => {
    const made = duplicated(draft, field.id);
    change(() => made.draft);
    select(made.copy);
    say(t("canvas.duplicated", { name: field.label }));
  };
  const remove = (field: DraftField) => {
    const shown = onCanvas(draft);
    const at = shown.findIndex((each) => each.id === field.id);
    const next = shown[at + 1]?.id ?? null;
    change((now) => without(now, field.id));
    if (selected === field.id) select(null);
    document.getElementById(cardId(next ?? shown[at - 1]?.id ?? ""))?.focus();
    const undo = () =>
      change((now) => (now.fields.some((each) => each.id === field.id) ? now : inserted(now, field, next)));
    offerUndo(t("canvas.removed", { name: field.label }), undo, { id: `removed-${field.id}` });
  };
  return { nudge, duplicate, remove };
}
