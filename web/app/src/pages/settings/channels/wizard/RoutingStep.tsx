// The step about routing, the same for every kind: whether and to whom its tickets are given (EML-18, FRM-5). Everything
// can be left as it is and set on the Automation tab later.
import { Button, Switch } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Routing } from "@/api/routing";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { FaultAlert } from "../../ui/FaultAlert";
import { AssignFields } from "../automation/AssignSection";
import classes from "../automation/AutomationTab.module.css";
import type { Faults } from "../automation/faults";
import { useGate } from "../automation/useGate";
import { useNames } from "../automation/useNames";
import { WizardFrame, type WizardPlan } from "./WizardFrame";

interface Props {
  plan: WizardPlan;
  channel?: Channel;
  routing: Routing;
  onChange: (change: Partial<Routing>) => void;
  faults: Faults;
  warnings?: Faults;
  fault: string | null;
  busy: boolean;
  /** What the button that goes on says. */
  action: ReactNode;
  onBack: () => void;
  onDone: () => void;
}

export function RoutingStep(props: Props) {
  const { t } = useTranslation("routing");
  const { plan, channel, fault, busy, action, onBack, onDone } = props;
  const gate = useGate();
  return (
    <WizardFrame
      plan={plan}
      step="routing"
      channel={channel}
      onSubmit={onDone}
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
        <Fields {...props} />
      </fieldset>
      <Note>{t("assign.later")}</Note>
    </WizardFrame>
  );
}

function Fields({ routing, onChange, faults, warnings }: Props) {
  const { t } = useTranslation("routing");
  const names = useNames();
  const [automatic, setAutomatic] = useState(routing.assign !== "none");
  const turn = (on: boolean) => {
    setAutomatic(on);
    onChange({ assign: on ? "members" : "none" });
  };
  return (
    <div className={classes.fields}>
      <Switch
        label={t("assign.automatically")}
        description={t(automatic ? "assign.automaticallyOn" : "assign.noneText")}
        checked={automatic}
        onChange={(event) => turn(event.currentTarget.checked)}
      />
      {automatic && (
        <AssignFields
          routing={routing}
          onChange={onChange}
          names={names}
          faults={faults}
          warnings={warnings}
        />
      )}
    </div>
  );
}
