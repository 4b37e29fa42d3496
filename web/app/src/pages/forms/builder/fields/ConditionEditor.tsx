// When a field is shown: always, or depending on what was answered above it.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/routing";
import type { Said } from "@/kit/condition/asked";
import { ConditionBuilder } from "@/kit/condition/ConditionBuilder";
import { questionsOf } from "@/kit/condition/conditions";
import { useBuilding } from "../context";
import { askedBefore } from "../operators";
import { problemWords } from "../problemWords";
import type { FieldProps } from "./fieldProps";
import classes from "./Panel.module.css";

const path = "show_when";

export function ConditionEditor({ field, set, fault }: FieldProps) {
  const { t } = useTranslation("forms");
  const { editing, problems } = useBuilding();
  const { draft } = editing;
  const asked = useMemo(() => askedBefore(draft, field.id), [draft, field.id]);
  const said = useMemo<Said>(
    () => ({
      at: (at) => {
        const message = problems.at(field.id, at);
        return message && problemWords(message, t);
      },
      under: (at) => problems.under(field.id, at).map((message) => problemWords(message, t)),
    }),
    [problems, field.id, t],
  );
  const tree: Condition = field.show_when ?? {};
  const none = questionsOf(tree).length === 0;
  if (none && asked.fields.length === 0) return <p className={classes.text}>{t("panel.whenFirst")}</p>;
  return (
    <div className={classes.condition}>
      {none && <p className={classes.text}>{t("panel.whenNone")}</p>}
      <ConditionBuilder
        value={tree}
        onChange={(when) => set({ show_when: when }, "when")}
        asked={asked}
        said={said}
        path={path}
      />
      {none && fault(path) && <p className={classes.fault}>{fault(path)}</p>}
    </div>
  );
}
