// What was filled into a form: the message, the other answers as a table, and which form it was.
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { channelQuery } from "@/api/channels";
import { formQuery } from "@/api/forms";
import { useMay } from "@/api/roles";
import type { MessageItem } from "@/api/types";
import { ChannelIcon } from "@/kit/ChannelIcon";
import { Attachments } from "../Attachments";
import { PlainText } from "../PlainText";
import classes from "./FormAnswers.module.css";
import { saidOf } from "./said";

export function FormAnswers({ message }: { message: MessageItem }) {
  const { t } = useTranslation("formchannel");
  const { text, answers } = saidOf(message);
  return (
    <>
      {text && <PlainText text={text} />}
      {answers.length > 0 && (
        <table className={classes.answers} aria-label={t("message.answers")}>
          <tbody>
            {answers.map(({ label, value }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two questions may have the same words
              <tr key={index}>
                <th scope="row">{label}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Attachments attachments={message.attachments} />
      <SentWith channel={message.channel} />
    </>
  );
}

function SentWith({ channel }: { channel: MessageItem["channel"] }) {
  const { t } = useTranslation("formchannel");
  const { slug } = useParams({ from: "/a/$slug" });
  const may = useMay("manage_forms");
  const settings = useQuery({ ...channelQuery(channel.id), enabled: may }).data?.settings;
  const id = typeof settings?.form === "string" ? settings.form : "";
  const form = useQuery({ ...formQuery(id), enabled: may && id !== "", retry: false }).data;
  return (
    <p className={classes.with}>
      <ChannelIcon kind="form" />
      <span>
        {t("message.sentWith")}{" "}
        {form ? (
          <Link to="/a/$slug/forms/$formId" params={{ slug, formId: form.id }} className={classes.form}>
            {form.name}
          </Link>
        ) : (
          channel.name
        )}
      </span>
    </p>
  );
}
