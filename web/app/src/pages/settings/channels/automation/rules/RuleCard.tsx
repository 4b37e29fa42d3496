// One rule: a sentence while it is folded, its condition, skills and targets when it is open.
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Rule } from "@/api/routing";
import type { Faults } from "../faults";
import type { Names } from "../useNames";
import { Warnings } from "../Warnings";
import { conditionWords, ruleName, skillWords, targetWords } from "../words";
import { RuleFields } from "./RuleFields";
import { RuleFrame, RuleMenu } from "./RuleFrame";
import classes from "./RuleList.module.css";

interface Props {
  rule: Rule;
  number: number;
  last: boolean;
  open: boolean;
  /** A link led here: it is brought into view. */
  shown: boolean;
  onFold: () => void;
  onChange: (rule: Rule) => void;
  onMove: (by: 1 | -1) => void;
  onCopy: () => void;
  onDelete: () => void;
  names: Names;
  faults: Faults;
  warnings: string[];
  added: boolean;
  disabled: boolean;
}

export function RuleCard(props: Props) {
  const { rule, number, last, open, shown, onFold, onChange, names, faults, warnings, disabled } = props;
  const { t } = useTranslation("routing");
  const name = ruleName(rule, number, t);
  const wrong = faults.under(`rules.${rule.id}`).length;
  const body = `rule-${rule.id}`;
  return (
    <RuleFrame
      id={rule.id}
      number={number}
      name={name}
      active={rule.active}
      wrong={wrong > 0 ? t("rules.faults", { count: wrong }) : ""}
      words={!open && <Words rule={rule} names={names} />}
      onOpen={onFold}
      unfolds={{ id: body, open }}
      onSwitch={(active) => onChange({ ...rule, active })}
      menu={
        <RuleMenu
          name={name}
          number={number}
          last={last}
          disabled={disabled}
          onMove={props.onMove}
          onCopy={props.onCopy}
          onDelete={props.onDelete}
        />
      }
      end={
        <IconChevronDown size={16} stroke={1.7} className={classes.chevron} data-open={open || undefined} />
      }
      shown={shown}
      disabled={disabled}
    >
      {warnings.length > 0 && (
        <div className={classes.warnings}>
          <Warnings lines={warnings} />
        </div>
      )}
      {open && (
        <div id={body} className={classes.body}>
          <RuleFields
            rule={rule}
            number={number}
            onChange={onChange}
            names={names}
            faults={faults}
            added={props.added}
          />
        </div>
      )}
    </RuleFrame>
  );
}

function Words({ rule, names }: { rule: Rule; names: Names }) {
  const { t } = useTranslation("routing");
  return (
    <span className={classes.words}>
      <span>
        <b>{t("rules.when")}</b> {conditionWords(rule.when, names, t)}
      </span>
      {rule.require_skills.length > 0 && (
        <span>
          <b>{t("rules.requires")}</b> {skillWords(rule.require_skills, names)}
        </span>
      )}
      <span>
        <b>{t("rules.sends")}</b> {rule.to ? targetWords(rule.to, names, t) || "…" : t("rules.sameAsChannel")}
      </span>
    </span>
  );
}
