// Which address answers a form, or why nobody can be answered yet: said before anything is saved.
import { Anchor } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Form } from "@/api/forms";
import { Note } from "@/kit/Note";
import { AnswerSelect } from "../../answering/AnswerSelect";
import { useAnswering } from "../../answering/useAnswering";
import { builderOf } from "./ways";

interface Props {
  form: Form;
  value: string;
  onChange: (value: string) => void;
  error?: string;
}

export function AnswerField({ form, value, onChange, error }: Props) {
  const { t } = useTranslation("formchannel");
  const { slug } = useParams({ from: "/a/$slug" });
  const answering = useAnswering();
  if (!form.answerable)
    return (
      <Note tone="warn" icon={IconMailOff} title={t("answer.noEmailField")}>
        {t("answer.noEmailFieldText")}{" "}
        <Anchor component={Link} to={builderOf(slug, form.id)} fz="inherit">
          {t("answer.addEmailField")}
        </Anchor>
      </Note>
    );
  return (
    <>
      {answering.known && !answering.deskChoice && (
        <Note tone="warn" icon={IconMailOff} title={t("answer.noAddress")}>
          {t("answer.noAddressText")}{" "}
          <Anchor component={Link} to={`/a/${slug}/settings/channels/new/email`} fz="inherit">
            {t("answer.connectAddress")}
          </Anchor>
        </Note>
      )}
      {answering.among.length > 0 && (
        <AnswerSelect
          label={t("answer.label")}
          help={t("answer.help")}
          answering={answering}
          value={value}
          onChange={onChange}
          error={error}
        />
      )}
    </>
  );
}
