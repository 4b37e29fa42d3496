// The step about routing, the same for every kind: what its tickets start with, by which rules and to whom they are given
// (EML-18, FRM-5). Everything can be left as it is and set on the Automation tab later.
import { Button, Switch } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Routing } from "@/api/routing";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { FaultAlert } from "../../ui/FaultAlert";
import { Section } from "../../ui/Section";
import { AssignFields, type FieldsProps } from "../automation/AssignSection";
import classes from "../automation/AutomationTab.module.css";
import { draftOf } from "../automation/draft";
import { Faults } from "../automation/faults";
import { PropertiesSection } from "../automation/PropertiesSection";
import { RuleList } from "../automation/rules/RuleList";
import { useCatalogue } from "../automation/useCatalogue";
import { useGate } from "../automation/useGate";
import { useNames } from "../automation/useNames";
import { WizardFrame, type WizardPlan } from "./WizardFrame";

interface Props {
  plan: WizardPlan;
  channel?: Channel;
  routing: Routing;
  onChange: (change: (routing: Routing) => Routing) => void;
  faults: Faults;
  warnings?: Faults;
  fault: string | null;
  /** The faults are those of a save that was refused just now. */
  refused: boolean;
  busy: boolean;
  /** What the button that goes on says. */
  action: ReactNode;
  onBack: () => void;
  onDone: () => void;
  onLeave?: () => void;
}

export function RoutingStep(props: Props) {
  const { t } = useTranslation("routing");
  const { plan, channel, fault, busy, action, onBack, onDone, onLeave } = props;
  const gate = useGate();
  return (
    <WizardFrame
      plan={plan}
      step="routing"
      channel={channel}
      onSubmit={onDone}
      onLeave={onLeave}
      buttons={
        <>
          <Button variant="default" onClick={onBack}>
            {t("common:back")}
          </Button>
          <Button type="submit" loading={busy}>
            {action}
          </Button>
        </>
      }
    >
      <FaultAlert text={fault} />
      {gate && <Note tone="warn">{t(`gate.${gate}`)}</Note>}
      <fieldset className={classes.editor} disabled={gate !== null}>
        <Fields {...props} disabled={gate !== null} />
      </fieldset>
      <Note>{t("assign.later")}</Note>
    </WizardFrame>
  );
}

const noFaults = new Faults([], draftOf({}));

function Fields({
  routing,
  onChange,
  faults,
  warnings = noFaults,
  refused,
  disabled,
}: Props & { disabled: boolean }) {
  const { t } = useTranslation("routing");
  const names = useNames();
  const catalogue = useCatalogue();
  const set = (some: Partial<Routing>) => onChange((now) => ({ ...now, ...some }));
  return (
    <>
      <PropertiesSection
        value={routing.properties}
        onChange={(properties) => set({ properties })}
        catalogue={catalogue}
        faults={faults}
        disabled={disabled}
      />
      <RuleList
        routing={routing}
        onChange={onChange}
        names={names}
        faults={faults}
        warnings={warnings}
        refused={refused}
        disabled={disabled}
      />
      <Section title={t("assign.title")} text={t("assign.text")}>
        <Assigning routing={routing} onChange={set} names={names} faults={faults} warnings={warnings} />
      </Section>
    </>
  );
}

function Assigning(props: FieldsProps) {
  const { t } = useTranslation("routing");
  const { routing, onChange } = props;
  const [automatic, setAutomatic] = useState(routing.assign !== "none");
  const turn = (on: boolean) => {
    setAutomatic(on);
    onChange({ assign: on ? "members" : "none" });
  };
  return (
    <>
      <Switch
        label={t("assign.automatically")}
        description={t(automatic ? "assign.automaticallyOn" : "assign.noneText")}
        checked={automatic}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      {automatic && <AssignFields {...props} />}
    </>
  );
}
