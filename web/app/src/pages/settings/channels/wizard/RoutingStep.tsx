// Step four: who gets its tickets (EML-18); everything can be left as it is and set on the Automation tab later.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { routed } from "@/api/routing";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { FaultAlert } from "../../ui/FaultAlert";
import { AssignFields } from "../automation/AssignSection";
import classes from "../automation/AutomationTab.module.css";
import { useEdit } from "../automation/useEdit";
import { useGate } from "../automation/useGate";
import { useNames } from "../automation/useNames";
import type { Step } from "./step";
import { WizardFrame } from "./WizardFrame";

export function RoutingStep({ channel, goTo }: { channel: Channel; goTo: (step: Step) => void }) {
  const { t } = useTranslation("routing");
  const gate = useGate();
  const names = useNames();
  const edit = useEdit(routed(channel));
  const next = () => goTo("outgoing");
  return (
    <WizardFrame
      step="routing"
      channel={channel}
      onSubmit={() => (edit.dirty ? edit.save(next) : next())}
      buttons={
        <>
          <Button variant="default" onClick={() => goTo("forwarding")}>
            {t("common:back")}
          </Button>
          <Button type="submit" loading={edit.saving}>
            {t(edit.dirty ? "settings:wizard.next" : "settings:wizard.skip")}
          </Button>
        </>
      }
    >
      <FaultAlert text={edit.fault} />
      {gate && <Note tone="warn">{t(`gate.${gate}`)}</Note>}
      <fieldset className={classes.editor} disabled={gate !== null}>
        <div className={classes.fields}>
          <AssignFields
            routing={edit.routing}
            onChange={edit.set}
            names={names}
            faults={edit.faults}
            warnings={edit.warnings}
          />
        </div>
      </fieldset>
      <Note>{t("assign.later")}</Note>
    </WizardFrame>
  );
}
