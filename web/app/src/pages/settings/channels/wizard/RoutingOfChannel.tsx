// The step about routing for a channel that exists: what is changed is stored on the way on.
import { useTranslation } from "react-i18next";
import { routed } from "@/api/routing";
import type { Channel } from "@/api/types";
import { useEdit } from "../automation/useEdit";
import { RoutingStep } from "./RoutingStep";
import type { WizardPlan } from "./WizardFrame";

interface Props {
  plan: WizardPlan;
  channel: Channel;
  onBack: () => void;
  onDone: () => void;
  onLeave?: () => void;
  /** What the last button says where nothing was changed. */
  action?: string;
}

export function RoutingOfChannel({ plan, channel, onBack, onDone, onLeave, action }: Props) {
  const { t } = useTranslation("settings");
  const edit = useEdit(routed(channel));
  return (
    <RoutingStep
      plan={plan}
      channel={channel}
      routing={edit.routing}
      onChange={edit.change}
      faults={edit.faults}
      warnings={edit.warnings}
      fault={edit.fault}
      refused={edit.refused}
      busy={edit.saving}
      action={action ?? t(edit.dirty ? "wizard.next" : "wizard.skip")}
      onBack={onBack}
      onLeave={onLeave}
      onDone={() => (edit.dirty ? edit.save(onDone) : onDone())}
    />
  );
}
