// The rules in their order: dragged by their handle, moved by the keyboard or the menu, and put back after a deletion.
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Routing, Rule } from "@/api/routing";
import { offerUndo } from "@/kit/offerUndo";
import { SortableList } from "@/kit/sort/SortableList";
import { Section } from "../../../ui/Section";
import { changedRule, copiedRule, movedRule, newRule, withoutRule, withRule } from "../draft";
import type { Faults } from "../faults";
import type { Names } from "../useNames";
import { ruleName } from "../words";
import { RuleCard } from "./RuleCard";
import classes from "./RuleList.module.css";

interface Props {
  routing: Routing;
  /** A change of what is on the screen at that moment; undo may come long after it was asked for. */
  onChange: (change: (routing: Routing) => Routing) => void;
  names: Names;
  faults: Faults;
  warnings: Faults;
  /** The faults are those of a save that was refused just now, not what became wrong by itself. */
  refused: boolean;
  disabled: boolean;
  /** The rule that a link led to. */
  wanted?: string;
}

export function RuleList({ routing, onChange, names, faults, warnings, refused, disabled, wanted }: Props) {
  const { t } = useTranslation("routing");
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set(wanted ? [wanted] : []));
  const [said, setSaid] = useState("");
  const [added, setAdded] = useState<string | null>(null);
  const { rules } = routing;
  // What the server refused has to be seen.
  useEffect(() => {
    if (!refused) return;
    const wrong = rules.filter((rule) => faults.under(`rules.${rule.id}`).length > 0).map((rule) => rule.id);
    if (wrong.length > 0) setOpen((opened) => new Set([...opened, ...wrong]));
  }, [refused, faults, rules]);

  const fold = (id: string) =>
    setOpen((opened) => {
      const next = new Set(opened);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const add = () => {
    const rule = newRule();
    onChange((now) => withRule(now, rule));
    setOpen((opened) => new Set([...opened, rule.id]));
    setAdded(rule.id);
  };
  const move = (from: number, to: number) => {
    const rule = rules[from];
    if (!rule || to < 0 || to >= rules.length) return;
    onChange((now) => movedRule(now, from, to));
    setSaid(t("rules.moved", { name: ruleName(rule, from + 1, t), number: to + 1, of: rules.length }));
  };
  const remove = (rule: Rule, at: number) => {
    onChange((now) => withoutRule(now, rule.id));
    offerUndo(t("rules.deleted", { name: ruleName(rule, at + 1, t) }), () =>
      onChange((now) => withRule(now, rule, Math.min(at, now.rules.length))),
    );
  };
  return (
    <Section
      title={t("rules.title")}
      text={t("rules.text")}
      foot={
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.8} />}
          onClick={add}
          disabled={disabled}
        >
          {t("rules.add")}
        </Button>
      }
    >
      {rules.length === 0 ? (
        <p className={classes.none}>{t("rules.none")}</p>
      ) : (
        <SortableList
          items={rules.map((rule, at) => ({ id: rule.id, name: ruleName(rule, at + 1, t) }))}
          onMove={move}
          label={t("rules.title")}
          className={classes.list}
        >
          {rules.map((rule, at) => (
            <RuleCard
              key={rule.id}
              rule={rule}
              number={at + 1}
              last={at === rules.length - 1}
              open={open.has(rule.id)}
              added={rule.id === added}
              shown={rule.id === wanted}
              onFold={() => fold(rule.id)}
              onChange={(changed) => onChange((now) => changedRule(now, changed))}
              onMove={(by) => move(at, at + by)}
              onCopy={() =>
                onChange((now) =>
                  copiedRule(now, rule.id, t("rules.copyOf", { name: ruleName(rule, at + 1, t) })),
                )
              }
              onDelete={() => remove(rule, at)}
              names={names}
              faults={faults}
              warnings={warnings.under(`rules.${rule.id}`)}
              disabled={disabled}
            />
          ))}
        </SortableList>
      )}
      <span className="k-hidden" role="status">
        {said}
      </span>
    </Section>
  );
}
