// The frame of every step: where one is, what is asked, the preview beside it, and the ways on and back.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { Page } from "../../ui/Page";
import { useHelpDeskTrail } from "../useHelpDeskTrail";
import { KeepOrNot } from "./KeepOrNot";
import { Steps } from "./Steps";
import classes from "./Wizard.module.css";

/** The kind that is connected, and the steps in which it is. */
export interface WizardPlan {
  kind: string;
  steps: readonly string[];
}

interface Props {
  plan: WizardPlan;
  step: string;
  channel?: Channel;
  aside?: ReactNode;
  buttons: ReactNode;
  onSubmit?: () => void;
  /** What happens first to somebody who leaves. */
  onLeave?: () => void;
  children: ReactNode;
}

export function WizardFrame(props: Props) {
  const { t } = useTranslation("settings");
  const { plan, step, channel, aside, buttons, onSubmit, onLeave, children } = props;
  const trail = useHelpDeskTrail({ label: t("channels.title"), to: "/a/$slug/settings/channels" });
  return (
    <Page
      title={t(`kinds.${plan.kind}.connect`, { defaultValue: t("wizard.title") })}
      trail={trail}
      actions={<Leave channel={channel} onLeave={onLeave} />}
      wide
    >
      <Steps steps={plan.steps} current={step} />
      <div className={classes.columns} data-aside={aside ? true : undefined}>
        <form
          className={classes.step}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit?.();
          }}
        >
          <Heading key={step} title={t(`wizard.${step}.title`)} text={t(`wizard.${step}.text`)} />
          {children}
          <div className={classes.buttons}>{buttons}</div>
        </form>
        {aside}
      </div>
    </Page>
  );
}

/** Takes the focus when a step comes up, so that the keyboard and a screen reader start where it starts. */
function Heading({ title, text }: { title: string; text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const place = heading.current?.closest("form");
    if (!place?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div>
      <h2 ref={heading} tabIndex={-1} className={classes.heading}>
        {title}
      </h2>
      <p className={classes.lead}>{text}</p>
    </div>
  );
}

/** A channel that is there and waits for its proof may be kept for later, or taken away again. */
function Leave({ channel, onLeave }: Pick<Props, "channel" | "onLeave">) {
  const { t } = useTranslation("settings");
  const { slug } = useParams({ from: "/a/$slug" });
  const navigate = useNavigate();
  const [asking, { open, close }] = useDisclosure(false);
  const unproved = channel?.proof === "waiting" || channel?.proof === "lost";
  const leave = () => {
    onLeave?.();
    navigate({ to: "/a/$slug/settings/channels", params: { slug } });
  };
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        className={classes.leave}
        leftSection={<IconX size={16} stroke={1.8} />}
        onClick={unproved ? open : leave}
      >
        {t(channel && !unproved ? "wizard.leave" : "common:cancel")}
      </Button>
      {channel && <KeepOrNot channel={channel} opened={asking} onClose={close} onLeave={leave} />}
    </>
  );
}
