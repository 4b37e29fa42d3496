// The ticket automation of a channel (EML-24): its rules in their order, each kept as soon as it is changed, and their log.
import { Button, Group } from "@mantine/core";
import { IconHistory, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Automation, type AutomationDraft, automationsQuery } from "@/api/automations";
import { explain } from "@/kit/explain";
import { Note } from "@/kit/Note";
import { offerUndo } from "@/kit/offerUndo";
import { SortableList } from "@/kit/sort/SortableList";
import { Section } from "../../../ui/Section";
import type { Catalogue } from "../useCatalogue";
import { useNames } from "../useNames";
import { draftOf, newDraft } from "./draft";
import { RuleRow } from "./RuleRow";
import classes from "./TicketAutomation.module.css";
import { useAutomations } from "./useAutomations";

const RuleDrawer = lazy(() => import("./RuleDrawer").then((module) => ({ default: module.RuleDrawer })));
const RunsDrawer = lazy(() => import("./RunsDrawer").then((module) => ({ default: module.RunsDrawer })));

/** What is edited: a rule that is there, or a new one that starts like this. */
interface Edited {
  rule: Automation | null;
  draft: AutomationDraft;
}

interface Props {
  channelId: string;
  catalogue: Catalogue;
}

export function TicketAutomation({ channelId, catalogue }: Props) {
  const { t } = useTranslation("automation");
  const names = useNames("automation");
  const automations = useQuery(automationsQuery(channelId));
  const { change, order, remove, putBack } = useAutomations(channelId);
  const [edited, setEdited] = useState<Edited | null>(null);
  const [log, setLog] = useState<{ rule?: string } | null>(null);
  const [said, setSaid] = useState("");
  const rules = automations.data?.items ?? [];

  const move = (from: number, to: number) => {
    const moved = rules[from];
    if (!moved || to < 0 || to >= rules.length) return;
    order.mutate(rules.toSpliced(from, 1).toSpliced(to, 0, moved));
    setSaid(t("rules.moved", { name: moved.name, number: to + 1, of: rules.length }));
  };
  const removeWithUndo = (rule: Automation) =>
    remove.mutate(rule, {
      onSuccess: () => offerUndo(t("rules.deleted", { name: rule.name }), () => putBack.mutate(rule.id)),
    });
  return (
    <Section
      title={t("rules.title")}
      text={t("rules.text")}
      aside={
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconHistory size={15} stroke={1.7} />}
          onClick={() => setLog({})}
        >
          {t("rules.log")}
        </Button>
      }
      foot={
        <Group gap={8}>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.8} />}
            onClick={() => setEdited({ rule: null, draft: newDraft })}
          >
            {t("rules.add")}
          </Button>
        </Group>
      }
    >
      {automations.error && <Note tone="bad">{explain(automations.error, t)}</Note>}
      {automations.data && rules.length === 0 && (
        <div className={classes.none}>
          <p>{t("rules.none")}</p>
          <p>{t("rules.noneHow")}</p>
        </div>
      )}
      {rules.length > 0 && (
        <SortableList items={rules} onMove={move} label={t("rules.title")} className={classes.list}>
          {rules.map((rule, at) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              number={at + 1}
              last={at === rules.length - 1}
              names={names}
              catalogue={catalogue}
              onEdit={() => setEdited({ rule, draft: draftOf(rule) })}
              onSwitch={(active) => change.mutate({ id: rule.id, change: { active } })}
              onMove={(by) => move(at, at + by)}
              onCopy={() =>
                setEdited({
                  rule: null,
                  draft: { ...draftOf(rule), name: t("rules.copyOf", { name: rule.name }) },
                })
              }
              onLog={() => setLog({ rule: rule.id })}
              onDelete={() => removeWithUndo(rule)}
            />
          ))}
        </SortableList>
      )}
      <span className="k-hidden" role="status">
        {said}
      </span>
      <Suspense>
        {edited && (
          <RuleDrawer
            channelId={channelId}
            rule={edited.rule}
            start={edited.draft}
            names={names}
            catalogue={catalogue}
            onClose={() => setEdited(null)}
          />
        )}
        {log && (
          <RunsDrawer channelId={channelId} rules={rules} rule={log.rule} onClose={() => setLog(null)} />
        )}
      </Suspense>
    </Section>
  );
}
