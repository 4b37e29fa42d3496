// The parts of a view that can be changed.
import { MultiSelect, SegmentedControl, Select, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { teamsQuery, useMe } from "@/api/desk";
import type { Named } from "@/api/types";
import { layouts, type SharedWith } from "@/api/views";
import type { Said } from "@/kit/condition/asked";
import { ConditionBuilder } from "@/kit/condition/ConditionBuilder";
import { ColumnsField } from "../arrange/ColumnsField";
import { sortsOf } from "../sorts";
import type { Draft } from "./draft";
import { Found } from "./Found";
import { useViewFields } from "./useViewFields";
import classes from "./ViewEditor.module.css";

interface Props {
  draft: Draft;
  onChange: (draft: Draft) => void;
  said: Said;
  owner: Named | null;
}

export function ViewFields({ draft, onChange, said, owner }: Props) {
  const { t } = useTranslation("views");
  const set = (some: Partial<Draft>) => onChange({ ...draft, ...some });
  const asked = useViewFields();
  const asksNothing = Object.keys(draft.filter).length === 0;
  return (
    <Stack gap={22}>
      <TextInput
        label={t("editor.name")}
        placeholder={t("editor.namePlaceholder")}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={said.at("name")}
        data-autofocus
      />
      <fieldset className={classes.part}>
        <legend>{t("editor.filter")}</legend>
        {asksNothing && <p className={classes.hint}>{t("editor.filterNone")}</p>}
        <ConditionBuilder
          value={draft.filter}
          onChange={(filter) => set({ filter })}
          asked={asked}
          said={said}
          path="filter"
        />
        {said.at("filter") && (
          <p className={classes.fault} role="alert">
            {said.at("filter")}
          </p>
        )}
        <Found filter={draft.filter} />
      </fieldset>
      <div className={classes.two}>
        <Select
          label={t("sort.label")}
          data={sortsOf(draft).map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
          value={draft.sort}
          allowDeselect={false}
          onChange={(sort) => sort && set({ sort })}
          error={said.at("sort")}
        />
        <div>
          <span className={classes.label} id="view-layout">
            {t("layout.label")}
          </span>
          <SegmentedControl
            fullWidth
            aria-labelledby="view-layout"
            value={draft.layout}
            onChange={(layout) => set({ layout: layout as Draft["layout"] })}
            data={layouts.map((layout) => ({ value: layout, label: t(`layout.${layout}`) }))}
          />
        </div>
      </div>
      <Sharing draft={draft} set={set} said={said} owner={owner} />
      <details className={classes.part} open={said.under("columns").length > 0 || undefined}>
        <summary>{t("columns.title")}</summary>
        <ColumnsField value={draft.columns} onChange={(columns) => set({ columns })} />
        {said.under("columns").map((text) => (
          <p key={text} className={classes.fault} role="alert">
            {text}
          </p>
        ))}
      </details>
    </Stack>
  );
}

interface SharingProps {
  draft: Draft;
  set: (some: Partial<Draft>) => void;
  said: Said;
  owner: Named | null;
}

function Sharing({ draft, set, said, owner }: SharingProps) {
  const { t } = useTranslation("views");
  const me = useMe();
  const teams = useQuery(teamsQuery()).data?.items ?? [];
  const manages = me.permissions.includes("manage_desk");
  const faults = [said.at("shared_with"), ...said.under("teams")].filter((each) => each !== undefined);
  return (
    <fieldset className={classes.part}>
      <legend>{t("shared.label")}</legend>
      <SegmentedControl
        fullWidth
        aria-label={t("shared.label")}
        value={draft.shared_with}
        onChange={(shared_with) => set({ shared_with: shared_with as SharedWith })}
        data={(["me", "teams", "everyone"] as const).map((value) => ({
          value,
          label:
            value === "me" && owner && owner.id !== me.member_id
              ? t("shared.owner", { name: owner.name })
              : t(`shared.${value}`),
          disabled: value === "everyone" && !manages && draft.shared_with !== "everyone",
        }))}
      />
      {!manages && <p className={classes.hint}>{t("shared.mayNot")}</p>}
      {draft.shared_with === "teams" && (
        <MultiSelect
          mt={8}
          aria-label={t("shared.which")}
          placeholder={draft.teams.length === 0 ? t("shared.which") : undefined}
          searchable
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          value={draft.teams}
          onChange={(chosen) => set({ teams: chosen })}
          error={said.under("teams").length > 0}
        />
      )}
      {faults.length > 0 && (
        <p className={classes.fault} role="alert">
          {faults.join(" ")}
        </p>
      )}
    </fieldset>
  );
}
