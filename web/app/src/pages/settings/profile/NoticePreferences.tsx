// How I hear of each kind of news: in the app, on the desktop, by mail, in a digest. Each tick is saved at once.
import { Checkbox } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import {
  chooseNotices,
  noticeKinds,
  noticePreferencesQuery,
  noticeWays,
  type NoticePreferences as Preferences,
  ticked,
} from "@/api/noticePreferences";
import { explain } from "@/kit/explain";
import { toastError } from "@/kit/toast";
import { FaultAlert } from "../ui/FaultAlert";
import { Section } from "../ui/Section";
import classes from "./NoticePreferences.module.css";
import { NoticeTimes } from "./NoticeTimes";

export function NoticePreferences() {
  const { t } = useTranslation("people");
  const preferences = useQuery(noticePreferencesQuery());
  const queryClient = useQueryClient();
  const key = noticePreferencesQuery().queryKey;
  const choose = useMutation({
    mutationFn: chooseNotices,
    onMutate: (change) => queryClient.setQueryData(key, (known) => known && { ...known, ...change }),
    onSuccess: (chosen) => queryClient.setQueryData(key, chosen),
    onError: (error) => {
      toastError(error);
      queryClient.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Section title={t("notices.title")} text={t("notices.text")}>
      <FaultAlert text={preferences.error && explain(preferences.error, t)} />
      {preferences.data && <Matrix chosen={preferences.data} onChange={(change) => choose.mutate(change)} />}
      <NoticeTimes />
    </Section>
  );
}

interface Props {
  chosen: Preferences;
  onChange: (change: Partial<Preferences>) => void;
}

function Matrix({ chosen, onChange }: Props) {
  const { t } = useTranslation("people");
  const { can } = useMe();
  const kinds = noticeKinds.filter((kind) => kind !== "channel_attention" || can.manage_channels);
  return (
    <table className={classes.matrix}>
      <thead>
        <tr>
          <th scope="col">{t("notices.when")}</th>
          {noticeWays.map((way) => (
            <th scope="col" key={way}>
              {t(`notices.way.${way}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {kinds.map((kind) => (
          <tr key={kind}>
            <th scope="row">{t(`notices.kind.${kind}`)}</th>
            {noticeWays.map((way) => (
              <td key={way}>
                <Checkbox
                  className={classes.box}
                  aria-label={`${t(`notices.kind.${kind}`)}: ${t(`notices.way.${way}`)}`}
                  checked={chosen[kind][way]}
                  disabled={kind === "bulk_done" && (way === "mail" || way === "digest")}
                  onChange={(event) =>
                    onChange({ [kind]: ticked(chosen[kind], way, event.currentTarget.checked) })
                  }
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
