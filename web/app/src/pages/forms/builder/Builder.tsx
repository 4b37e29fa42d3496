// The builder's frame: what the form is called and whether it is published on top, its parts below.
import { Tabs } from "@mantine/core";
import { useDebouncedValue, useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { type Form, formCheckQuery } from "@/api/forms";
import { explain } from "@/kit/explain";
import { useKeys } from "@/kit/keys";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import classes from "./Builder.module.css";
import { BuilderHead } from "./BuilderHead";
import { type Building, BuildingContext } from "./context";
import { contentsOf, isPlacing } from "./draft";
import { FoundNote } from "./FoundNote";
import { FieldsTab } from "./fields/FieldsTab";
import { HistoryTab } from "./history/HistoryTab";
import { LeaveGuard } from "./LeaveGuard";
import { LookTab } from "./look/LookTab";
import { type FormProblem, Problems, placed, tabOf } from "./problems";
import { PublishTab } from "./publish/PublishTab";
import { SettingsTab } from "./settings/SettingsTab";
import { TheirsNote } from "./TheirsNote";
import { type BuilderTab, builderTabs, isBuilderTab } from "./tabs";
import { useDraft } from "./useDraft";
import { useSettables } from "./useSettables";

interface Props {
  form: Form;
  tab: BuilderTab;
  onTab: (tab: BuilderTab) => void;
  /** On the way through the wizard that connects a channel, which goes on from here. */
  connecting: boolean;
}

export function Builder({ form, tab, onTab, connecting }: Props) {
  const { t } = useTranslation("forms");
  const me = useMe();
  const editing = useDraft(form, () => toast(t("head.updated")));
  const { draft, dirty, undo, redo, publish, publishing } = editing;
  const problems = useProblems(form, editing);
  const settables = useSettables();
  const [selected, select] = useState<string | null>(null);
  useDocumentTitle(`${draft.name || form.name} · ${me.account.name}`);
  useKeys("page", [
    { id: "undo", keys: "mod+z", label: t("head.undo"), run: undo },
    { id: "redo", keys: ["mod+shift+z", "mod+y"], label: t("head.redo"), run: redo },
    { id: "publish", keys: "mod+s", label: t("head.update"), run: () => dirty && !publishing && publish() },
  ]);
  const building = useMemo<Building>(
    () => ({
      form,
      editing,
      problems,
      settables,
      selected: draft.fields.some((field) => field.id === selected) ? selected : null,
      select,
      fieldOf: (id) => draft.fields.find((field) => field.id === id),
    }),
    [form, editing, problems, settables, selected, draft],
  );
  const jump = ({ fieldId, path }: FormProblem) => {
    const field = building.fieldOf(fieldId);
    if (field && isPlacing(field)) return onTab("settings");
    if (fieldId) select(fieldId);
    onTab(fieldId ? "fields" : tabOf(path));
  };
  const unplaced = editing.error && !editing.refused && !editing.theirs ? explain(editing.error, t) : null;
  return (
    <BuildingContext value={building}>
      <LeaveGuard dirty={dirty} />
      <Tabs
        value={tab}
        onChange={(to) => isBuilderTab(to) && onTab(to)}
        keepMounted={false}
        className={classes.builder}
      >
        <BuilderHead onJump={jump} connecting={connecting} />
        <Tabs.List className={classes.tabs} aria-label={t("head.parts")}>
          {builderTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <div className={classes.notes}>
          {unplaced && <Note tone="bad">{unplaced}</Note>}
          <TheirsNote />
          <FoundNote />
        </div>
        {builderTabs.map((each) => {
          const Part = parts[each];
          return (
            <Tabs.Panel key={each} value={each} className={classes.panel} data-part={each}>
              <Part />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </BuildingContext>
  );
}

const parts: Record<BuilderTab, ComponentType> = {
  fields: FieldsTab,
  look: LookTab,
  settings: SettingsTab,
  publish: PublishTab,
  history: HistoryTab,
};

const typingPause = 500;

/** Of what stands there: what publishing was refused for, else what it would be refused for; undisturbed, what became
 * wrong since. */
function useProblems(form: Form, { draft, dirty, refused }: ReturnType<typeof useDraft>): Problems {
  const [asked] = useDebouncedValue(draft, typingPause);
  const contents = useMemo(() => contentsOf(asked), [asked]);
  const checked = useQuery({ ...formCheckQuery(contents), enabled: dirty }).data?.problems;
  return useMemo(() => {
    if (refused) return new Problems(refused);
    const ids = asked.fields.map((field) => field.id);
    return new Problems(placed((dirty ? checked : form.problems) ?? [], ids));
  }, [refused, asked, dirty, checked, form.problems]);
}
