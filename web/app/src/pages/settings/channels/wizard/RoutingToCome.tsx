// The step about routing for a channel that is connected by this very step.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import type { Routing } from "@/api/routing";
import { draftOf } from "../automation/draft";
import { Faults } from "../automation/faults";
import { RoutingStep } from "./RoutingStep";
import type { WizardPlan } from "./WizardFrame";

export interface Refusal {
  error: unknown;
  /** What was said, where it is said above the fields. */
  fault: string | null;
  /** The routing that was refused. */
  routing: Partial<Routing>;
}

interface Props {
  plan: WizardPlan;
  routing: Partial<Routing>;
  onChange: (change: (routing: Partial<Routing>) => Partial<Routing>) => void;
  refused: Refusal | null;
  busy: boolean;
  onBack: () => void;
  onSave: () => void;
  onLeave?: () => void;
  /** What the button that connects says. */
  action?: string;
}

export function RoutingToCome(props: Props) {
  const { t } = useTranslation("settings");
  const { plan, routing, onChange, refused, busy, onBack, onSave, onLeave, action } = props;
  const draft = useMemo(() => draftOf(routing), [routing]);
  const faults = useMemo(() => {
    const errors = refused?.error instanceof Problem ? refused.error.errors : [];
    return new Faults(errors, draftOf(refused?.routing ?? {}), draft);
  }, [refused, draft]);
  return (
    <RoutingStep
      plan={plan}
      routing={draft}
      onChange={(change) => onChange((now) => change(draftOf(now)))}
      faults={faults}
      fault={refused?.fault ?? null}
      refused={refused !== null}
      busy={busy}
      action={action ?? t("wizard.save")}
      onBack={onBack}
      onLeave={onLeave}
      onDone={onSave}
    />
  );
}
