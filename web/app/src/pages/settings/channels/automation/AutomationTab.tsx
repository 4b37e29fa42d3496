// The Automation tab of a channel (EML-18, EML-24, K15): what happens to its new tickets, edited, tried, simulated and
// undone; the acknowledgement of a first message; and the rules that follow a ticket from then on.
import { Button, Collapse, Group } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp, IconFlask, IconHistory, IconPlayerPlay } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import type { RoutedChannel } from "@/api/routing";
import type { Channel } from "@/api/types";
import { Note } from "@/kit/Note";
import { toast } from "@/kit/toast";
import { Section } from "../../ui/Section";
import { AssignFields } from "./AssignSection";
import classes from "./AutomationTab.module.css";
import { Flow } from "./Flow";
import { MoreFields } from "./MoreFields";
import { PropertiesSection } from "./PropertiesSection";
import { RuleList } from "./rules/RuleList";
import { SaveBar } from "./SaveBar";
import { useCatalogue } from "./useCatalogue";
import { useEdit } from "./useEdit";
import { useGate } from "./useGate";
import { useNames } from "./useNames";

const TryPanel = lazy(() => import("./try/TryPanel").then((module) => ({ default: module.TryPanel })));
const Simulator = lazy(() =>
  import("./simulate/Simulator").then((module) => ({ default: module.Simulator })),
);
const AcknowledgementSection = lazy(() =>
  import("./acknowledgement/AcknowledgementSection").then((module) => ({
    default: module.AcknowledgementSection,
  })),
);
const TicketAutomation = lazy(() =>
  import("./tickets/TicketAutomation").then((module) => ({ default: module.TicketAutomation })),
);
const History = lazy(() => import("./history/History").then((module) => ({ default: module.History })));

interface Props {
  channel: RoutedChannel;
  /** The same, with its routing as the API describes it. */
  plain: Channel;
  rule?: string;
}

export function AutomationTab({ channel, plain, rule }: Props) {
  const { t } = useTranslation("routing");
  const { can } = useMe();
  const gate = useGate();
  const names = useNames();
  const catalogue = useCatalogue();
  const edit = useEdit(channel);
  const [trying, tryPanel] = useDisclosure(false);
  const [simulating, simulator] = useDisclosure(false);
  const [remembering, history] = useDisclosure(false);
  const [more, moreFields] = useDisclosure(false);
  const roomy = useMediaQuery("(min-width: 75em)", true, { getInitialValueInEffect: false });
  const { routing, faults, warnings } = edit;
  const limitsAreWrong = ["answer_limit_hours", "owner_wait_hours", "waiting_too_long_minutes"].some(
    (field) => faults.under(field).length > 0,
  );
  const moreShown =
    more || limitsAreWrong || faults.under("working_hours").length > 0 || faults.under("timezone").length > 0;
  const panel = trying && (
    <Suspense>
      <TryPanel
        channelId={channel.id}
        routing={routing}
        names={names}
        catalogue={catalogue}
        as={roomy ? "side" : "drawer"}
        onClose={tryPanel.close}
      />
    </Suspense>
  );
  return (
    <>
      {gate && (
        <div className={classes.gate}>
          <Note tone="warn">{t(`gate.${gate}`)}</Note>
        </div>
      )}
      <Flow routing={routing} names={names} catalogue={catalogue} />
      <Group gap={8} mb={18}>
        <Button
          variant={trying ? "light" : "default"}
          leftSection={<IconPlayerPlay size={16} stroke={1.7} />}
          onClick={tryPanel.toggle}
          disabled={gate !== null}
          aria-expanded={trying}
        >
          {t("tools.try")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconFlask size={16} stroke={1.7} />}
          onClick={simulator.open}
          disabled={gate !== null}
        >
          {t("tools.simulate")}
        </Button>
        <Button variant="default" leftSection={<IconHistory size={16} stroke={1.7} />} onClick={history.open}>
          {t("tools.history")}
        </Button>
      </Group>
      <div className={classes.columns} data-trying={(trying && roomy) || undefined}>
        <fieldset className={classes.editor} disabled={gate !== null}>
          <div id="routing-properties">
            <PropertiesSection
              value={routing.properties}
              onChange={(properties) => edit.set({ properties })}
              catalogue={catalogue}
              faults={faults}
              disabled={gate !== null}
            />
          </div>
          <div id="routing-rules">
            <RuleList
              routing={routing}
              onChange={edit.change}
              names={names}
              faults={faults}
              warnings={warnings}
              refused={edit.refused}
              disabled={gate !== null}
              wanted={rule}
            />
          </div>
          <div id="routing-assign">
            <Section title={t("assign.title")} text={t("assign.text")}>
              <AssignFields
                routing={routing}
                onChange={edit.set}
                names={names}
                faults={faults}
                warnings={warnings}
              />
              <Collapse expanded={moreShown}>
                <MoreFields routing={routing} onChange={edit.set} names={names} faults={faults} />
              </Collapse>
              <div>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  ml={-8}
                  leftSection={moreShown ? <IconChevronUp size={15} /> : <IconChevronDown size={15} />}
                  onClick={moreFields.toggle}
                  aria-expanded={moreShown}
                >
                  {t(moreShown ? "more.hide" : "more.show")}
                </Button>
              </div>
            </Section>
          </div>
        </fieldset>
        {panel}
      </div>
      {can.manage_channels && (
        <Suspense>
          {channel.capabilities.acknowledges === true && <AcknowledgementSection channel={plain} />}
          <TicketAutomation channelId={channel.id} catalogue={catalogue} />
        </Suspense>
      )}
      {gate === null && (
        <SaveBar
          dirty={edit.dirty}
          saving={edit.saving}
          wrong={edit.wrong}
          fault={edit.fault}
          onSave={() => edit.save(() => toast(t("bar.saved")))}
          onDiscard={edit.discard}
        />
      )}
      <Suspense>
        {simulating && <Simulator channelId={channel.id} routing={routing} onClose={simulator.close} />}
        {remembering && (
          <History
            channelId={channel.id}
            routing={routing}
            names={names}
            catalogue={catalogue}
            mayRestore={gate === null}
            dirty={edit.dirty}
            onClose={history.close}
          />
        )}
      </Suspense>
    </>
  );
}
