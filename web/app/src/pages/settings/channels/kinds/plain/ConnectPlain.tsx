// The wizard of a kind without steps of its own: what it asks for, then routing.
import { Button } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FaultAlert } from "../../../ui/FaultAlert";
import { fieldErrors } from "../../../ui/fieldErrors";
import { NameField } from "../../NameField";
import { LazyRoutingToCome } from "../../wizard/lazy";
import { useNewChannel } from "../../wizard/useNewChannel";
import { WizardFrame } from "../../wizard/WizardFrame";
import type { ConnectProps } from "../KindScreens";
import { sentOf, startOf } from "./asked";
import { SettingsFields } from "./SettingsFields";

const steps = ["settings", "routing"] as const;

export function ConnectPlain({ kind, method, step }: ConnectProps) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const fields = method.settings_form;
  const plan = { kind: kind.kind, steps };
  const [name, setName] = useState("");
  const [settings, setSettings] = useState(() => startOf(fields));
  const goTo = (next: (typeof steps)[number]) =>
    navigate({
      to: "/a/$slug/settings/channels/new/$kind/$method",
      params: { slug, kind: kind.kind, method: method.key },
      search: { step: next },
      replace: true,
    });
  const paths = fields.map((field) => field.name);
  const channel = useNewChannel({ before: ["name", ...paths], onRefusedBefore: () => goTo("settings") });
  const errors = fieldErrors(channel.error, ["name", ...paths], t);

  if (step === "routing" && name)
    return (
      <LazyRoutingToCome
        plan={plan}
        routing={channel.routing}
        onChange={channel.setRouting}
        refused={channel.refused}
        busy={channel.busy}
        onBack={() => goTo("settings")}
        onSave={() =>
          channel.connect({
            kind: kind.kind,
            name: name.trim(),
            settings: { method: method.key, ...sentOf(fields, settings) },
          })
        }
      />
    );
  return (
    <WizardFrame
      plan={plan}
      step="settings"
      onSubmit={() => name.trim() && goTo("routing")}
      buttons={<Button type="submit">{t("wizard.next")}</Button>}
    >
      <FaultAlert text={errors.above} />
      <NameField value={name} onChange={setName} error={errors.at.name} />
      <SettingsFields fields={fields} value={settings} onChange={setSettings} errors={errors.at} />
    </WizardFrame>
  );
}
