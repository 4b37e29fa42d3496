// In a word or two: whether the form takes submissions, and which channel makes tickets of them.
import { IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { dateLocale } from "@/kit/time";
import classes from "./FormState.module.css";

export function FormState({ form }: { form: Form }) {
  return (
    <span className={classes.states}>
      <Openness form={form} />
      <Connection form={form} />
    </span>
  );
}

export function Openness({ form }: { form: Form }) {
  const { t, i18n } = useTranslation("forms");
  const { closes_at } = form.options;
  const day =
    closes_at &&
    new Date(closes_at).toLocaleDateString(dateLocale(i18n.language), { day: "numeric", month: "short" });
  const state = form.is_closed ? "closed" : day ? "closes" : "open";
  return (
    <span className={classes.openness} data-state={state}>
      {t(`state.${state}`, { day })}
    </span>
  );
}

export function Connection({ form }: { form: Form }) {
  const { t } = useTranslation("forms");
  const { channel } = form;
  const Icon = channel ? IconPlugConnected : IconPlugConnectedX;
  const text = !channel
    ? t("state.unconnected")
    : t(channel.active ? "state.connected" : "state.channelOff", {
        name: channel.name || t("state.aChannel"),
      });
  return (
    <span className={classes.connection} title={text}>
      <Icon size={15} stroke={1.7} aria-hidden="true" />
      <span>{text}</span>
    </span>
  );
}
