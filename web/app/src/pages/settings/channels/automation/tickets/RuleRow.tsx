// One rule in the list: what it is called, when, if and what, whether it is on, what is wrong with it, when it last ran.
import { Menu } from "@mantine/core";
import { IconHistory, IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Automation } from "@/api/automations";
import { dateLocale, messageTime } from "@/kit/time";
import { useNow } from "@/kit/useNow";
import { RuleFrame, RuleMenu } from "../rules/RuleFrame";
import rows from "../rules/RuleList.module.css";
import type { Catalogue } from "../useCatalogue";
import type { Names } from "../useNames";
import { conditionWords } from "../words";
import classes from "./TicketAutomation.module.css";
import { whyWords } from "./whyWords";
import { actionsWords } from "./words";

interface Props {
  rule: Automation;
  number: number;
  last: boolean;
  names: Names;
  catalogue: Catalogue;
  onEdit: () => void;
  onSwitch: (active: boolean) => void;
  onMove: (by: 1 | -1) => void;
  onCopy: () => void;
  onLog: () => void;
  onDelete: () => void;
}

export function RuleRow({ rule, number, last, names, catalogue, onEdit, onSwitch, onLog, ...does }: Props) {
  const { t } = useTranslation("automation");
  const wrong = rule.problems.length;
  return (
    <RuleFrame
      id={rule.id}
      number={number}
      name={rule.name}
      active={rule.active}
      wrong={wrong > 0 ? t("rules.problems", { count: wrong }) : ""}
      words={
        <>
          <Words rule={rule} names={names} catalogue={catalogue} />
          <LastRun rule={rule} />
        </>
      }
      onOpen={onEdit}
      onSwitch={onSwitch}
      menu={
        <RuleMenu
          name={rule.name}
          number={number}
          last={last}
          {...does}
          first={
            <Menu.Item leftSection={<IconPencil size={15} stroke={1.7} />} onClick={onEdit}>
              {t("rules.change")}
            </Menu.Item>
          }
          more={
            <Menu.Item leftSection={<IconHistory size={15} stroke={1.7} />} onClick={onLog}>
              {t("rules.logOf")}
            </Menu.Item>
          }
        />
      }
    >
      {wrong > 0 && (
        <ul className={classes.problems}>
          {rule.problems.map(({ field, message }) => (
            <li key={field}>{whyWords(message, t)}</li>
          ))}
        </ul>
      )}
    </RuleFrame>
  );
}

function Words({ rule, names, catalogue }: Pick<Props, "rule" | "names" | "catalogue">) {
  const { t } = useTranslation("automation");
  return (
    <span className={rows.words}>
      <span>
        <b>{t("rules.when")}</b> {t(`trigger.${rule.trigger}`)}
      </span>
      {Object.keys(rule.condition).length > 0 && (
        <span>
          <b>{t("rules.if")}</b> {conditionWords(rule.condition, names, t)}
        </span>
      )}
      <span>
        <b>{t("rules.then")}</b> {actionsWords(rule.actions, names, catalogue, t)}
      </span>
    </span>
  );
}

const ranKeys = { done: "ran", failed: "ranFailed", stopped: "ranStopped", not_met: "ran" } as const;

function LastRun({ rule }: { rule: Automation }) {
  const { t, i18n } = useTranslation("automation");
  const now = useNow();
  const last = rule.last_run;
  return (
    <span className={classes.ran} data-bad={(last && last.outcome !== "done") || undefined}>
      {last
        ? t(`rules.${ranKeys[last.outcome]}`, { at: messageTime(last.at, now, dateLocale(i18n.language)) })
        : t("rules.neverRan")}
    </span>
  );
}
