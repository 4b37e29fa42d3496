// Two-step sign-in: whether it is on, and turning it on and off.
import { Badge, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api/session";
import { toast } from "@/kit/toast";
import { Section } from "../ui/Section";
import { TurnOffTwoStep } from "./TurnOffTwoStep";
import { TurnOnTwoStep } from "./TurnOnTwoStep";

export function TwoStep() {
  const { t } = useTranslation("settings");
  const { totp_enabled: on } = useSession().user;
  const [opened, { open, close }] = useDisclosure(false);
  const done = (text: string) => {
    close();
    toast(text);
  };
  return (
    <Section
      title={t("twoStep.title")}
      text={t(on ? "twoStep.isOn" : "twoStep.isOff")}
      aside={
        <Badge variant="light" color={on ? "green" : "gray"} tt="none" fw={550}>
          {t(on ? "twoStep.on" : "twoStep.off")}
        </Badge>
      }
      foot={
        <Button variant="default" onClick={open}>
          {t(on ? "twoStep.turnOff" : "twoStep.turnOn")}
        </Button>
      }
    >
      {on ? (
        <TurnOffTwoStep opened={opened} onClose={close} onDone={() => done(t("twoStep.nowOff"))} />
      ) : (
        <TurnOnTwoStep opened={opened} onClose={close} onDone={() => done(t("twoStep.nowOn"))} />
      )}
    </Section>
  );
}
