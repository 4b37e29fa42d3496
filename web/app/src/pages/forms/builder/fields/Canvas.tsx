// The form as it will be, field by field, to be put in order; what it says above and below is set in the settings.
import { type rectSortingStrategy, SortableContext } from "@dnd-kit/sortable";
import { IconForms } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useBuilding } from "../context";
import type { DraftField } from "../draft";
import { inkOn } from "../look/contrast";
import { wordsOf } from "../words";
import classes from "./Canvas.module.css";
import { CanvasField } from "./CanvasField";
import type { FieldActions } from "./fieldActions";
import type { useArranging } from "./useArranging";

interface Props {
  fields: DraftField[];
  arranging: ReturnType<typeof useArranging>;
  onOpen: (id: string) => void;
  actions: FieldActions;
}

export function Canvas({ fields, arranging, onOpen, actions }: Props) {
  const { t } = useTranslation("forms");
  const { editing, problems } = useBuilding();
  const { name, options } = editing.draft;
  const { canvas, aim, dragged } = arranging;
  const { accent, corners } = options.look;
  return (
    <div className={classes.scroll}>
      <div
        className={classes.paper}
        data-corners={corners}
        style={{ "--form-accent": accent, "--form-ink": inkOn(accent) } as React.CSSProperties}
      >
        <div className={classes.title}>{name || t("canvas.noName")}</div>
        {options.intro && <p className={classes.intro}>{options.intro}</p>}
        {problems.at(null, "fields") && <p className={classes.fault}>{t("problem.noField")}</p>}
        <SortableContext items={fields.map((field) => field.id)} strategy={still}>
          <ol
            ref={canvas}
            className={classes.list}
            aria-label={t("canvas.list")}
            data-aimed={(aim && !aim.id) || undefined}
          >
            {fields.map((field, at) => (
              <CanvasField
                key={field.id}
                field={field}
                first={at === 0}
                last={at === fields.length - 1}
                dragged={dragged === field.id}
                side={aim?.id === field.id && aim.id !== dragged ? aim.side : undefined}
                onOpen={() => onOpen(field.id)}
                actions={actions}
              />
            ))}
          </ol>
        </SortableContext>
        {fields.length === 0 && (
          <div className={classes.empty}>
            <IconForms size={26} stroke={1.5} aria-hidden="true" />
            <b>{t("canvas.empty")}</b>
            <span>{t("canvas.emptyText")}</span>
          </div>
        )}
        <div className={classes.send}>
          <span>{options.submit_label || wordsOf[options.language].send}</span>
        </div>
      </div>
    </div>
  );
}

/** Nothing gives way: rows of one and of two cannot slide past each other. */
const still: typeof rectSortingStrategy = () => null;
