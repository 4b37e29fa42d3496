// Which address answers: one of the team's, or whichever the desk chooses.
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/types";
import { addressOf } from "../addressOf";
import type { Answering } from "./useAnswering";

/** A select has no value that is empty. */
const desk = "desk";

interface Props {
  label: string;
  help?: string;
  answering: Answering;
  /** "" for the desk's choice. */
  value: string;
  onChange: (value: string) => void;
  error?: string;
  disabled?: boolean;
  /** Who says which address it is where none was chosen. */
  unchosen?: "deskChoice" | "oldest";
}

export function AnswerSelect(props: Props) {
  const { label, help, answering, value, onChange, error, disabled, unchosen = "deskChoice" } = props;
  const { t } = useTranslation("formchannel");
  const { known, among, deskChoice } = answering;
  const choice = deskChoice
    ? t(`answer.${unchosen}`, { address: addressOf(deskChoice) || deskChoice.name })
    : t(known ? "answer.nobody" : "answer.deskChoiceAlone");
  const gone = value && known && !among.some((channel) => channel.id === value);
  return (
    <Select
      label={label}
      description={help}
      allowDeselect={false}
      checkIconPosition="right"
      maw={460}
      disabled={disabled}
      data={[
        { value: desk, label: choice },
        ...among.map((channel) => ({ value: channel.id, label: nameOf(channel, t("answer.off")) })),
        ...(gone ? [{ value, label: t("answer.gone") }] : []),
      ]}
      value={value || desk}
      onChange={(chosen) => onChange(!chosen || chosen === desk ? "" : chosen)}
      error={error}
    />
  );
}

const nameOf = (channel: Channel, off: string) =>
  [channel.name, addressOf(channel), !channel.active && off].filter(Boolean).join(" · ");
