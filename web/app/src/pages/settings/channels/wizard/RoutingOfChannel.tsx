// The step about routing for a channel that exists: what is changed is stored on the way on.
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
  /** What the button that goes on says. */
  action: string;
}

export function RoutingOfChannel({ plan, channel, onBack, onDone, onLeave, action }: Props) {
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
      action={action}
      onBack={onBack}
      onLeave={onLeave}
      onDone={() => (edit.dirty ? edit.save(onDone) : onDone())}
    />
  );
}
