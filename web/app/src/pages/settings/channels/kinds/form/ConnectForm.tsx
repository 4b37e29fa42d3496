// The wizard of a form channel: the form and who answers it, then routing; "Save" connects it (FRM-2, FRM-5, FRM-7).
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountKey } from "@/api/desk";
import { formQuery } from "@/api/forms";
import { makeTickets } from "@/api/submissions";
import { toastError } from "@/kit/toast";
import { fieldErrors } from "../../../ui/fieldErrors";
import { NameField } from "../../NameField";
import { LazyRoutingToCome } from "../../wizard/lazy";
import { useNewChannel } from "../../wizard/useNewChannel";
import { WizardFrame } from "../../wizard/WizardFrame";
import type { ConnectProps } from "../KindScreens";
import { type FormChoice, FormFields } from "./FormFields";

const fields = ["form", "answer_by", "name"] as const;
const plan = { kind: "form", steps: ["form", "routing"] } as const;

export function ConnectForm({ kind, method, step, form: wanted = "" }: ConnectProps) {
  const { t } = useTranslation("formchannel");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [answer, setAnswer] = useState({ answer_by: "", earlier: false });
  const [typedName, setName] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const form = useQuery({ ...formQuery(wanted), enabled: wanted !== "" }).data;
  const name = typedName ?? form?.name ?? "";
  // Which form stands in the address, so that the builder can lead back to it.
  const go = (next: { step?: string; form?: string }) =>
    navigate({
      to: "/a/$slug/settings/channels/new/$kind/$method",
      params: { slug, kind: kind.kind, method: method.key },
      search: { ...(wanted && { form: wanted }), ...next },
      replace: true,
    });
  const channel = useNewChannel({ before: fields, onRefusedBefore: () => go({}) });
  const errors = fieldErrors(channel.error, fields, t);
  const choose = ({ form: chosen, ...rest }: FormChoice) => {
    setAnswer(rest);
    if (chosen !== wanted) go({ form: chosen || undefined });
  };
  const save = () =>
    channel.connect(
      {
        kind: kind.kind,
        name: name.trim(),
        settings: { method: method.key, form: wanted, answer_by: answer.answer_by },
      },
      async () => {
        if (answer.earlier) await makeTickets(wanted).catch(toastError);
        queryClient.invalidateQueries({ queryKey: accountKey("forms") });
      },
    );

  if (step === "routing" && form)
    return (
      <LazyRoutingToCome
        plan={plan}
        routing={channel.routing}
        onChange={channel.setRouting}
        refused={channel.refused}
        busy={channel.busy}
        onBack={() => go({})}
        onSave={save}
      />
    );
  const missing: Record<string, string> = {
    ...(!wanted && { form: t("choose.needed") }),
    ...(wanted && !name.trim() && { name: t("settings:said.nameNeeded") }),
  };
  const next = () => {
    setTried(true);
    if (Object.keys(missing).length === 0) go({ step: "routing" });
  };
  const at = { ...errors.at, ...(tried && missing) };
  return (
    <WizardFrame
      plan={plan}
      step="form"
      onSubmit={next}
      buttons={<Button type="submit">{t("settings:wizard.next")}</Button>}
    >
      <FormFields
        value={{ form: wanted, ...answer }}
        onChange={choose}
        errors={at}
        fault={Object.keys(errors.at).length > 0 ? errors.above : null}
      />
      {wanted && <NameField value={name} onChange={setName} error={at.name} />}
    </WizardFrame>
  );
}
