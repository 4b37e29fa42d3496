// What is fetched: the folders whose mail becomes tickets, the one of sent mail, and mail from before the connecting.
import { Checkbox, Radio, Select, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Folder } from "@/api/channels";
import { Note } from "@/kit/Note";
import { dayBefore, today } from "./days";
import classes from "./Fetching.module.css";
import { type FetchingForm, listed, messagesIn, sentFolder, unusual } from "./fetching";

interface Props {
  value: FetchingForm;
  onChange: (value: FetchingForm) => void;
  /** As the server listed them. */
  folders: readonly Folder[];
  errors: Record<string, string>;
}

export function FolderFields({ value, onChange, folders, errors }: Props) {
  const { t, i18n } = useTranslation("email");
  const number = new Intl.NumberFormat(i18n.language);
  const sent = sentFolder(folders);
  return (
    <>
      <Checkbox.Group
        label={t("folders.which")}
        description={t("folders.whichText")}
        value={value.folders}
        onChange={(chosen) => onChange({ ...value, folders: chosen })}
        error={errors["imap.folders"]}
      >
        <ul className={classes.folders}>
          {listed(folders, value.folders).map((folder) => (
            <li key={folder.name}>
              <Checkbox
                value={folder.name}
                classNames={{ labelWrapper: classes.label }}
                label={
                  <span className={classes.folder}>
                    <span className={classes.name}>{folder.name}</span>
                    <span className={classes.count}>
                      {folder.messages !== null && number.format(folder.messages)}
                    </span>
                  </span>
                }
                description={unusual(folder) ? t(`folders.role.${folder.role}`) : undefined}
              />
            </li>
          ))}
        </ul>
      </Checkbox.Group>
      <Select
        label={t("folders.sent")}
        description={t("folders.sentText")}
        maw={460}
        allowDeselect={false}
        checkIconPosition="right"
        data={[
          { value: "", label: sent ? t("folders.sentFound", { name: sent }) : t("folders.sentByItself") },
          ...folders.map(({ name }) => ({ value: name, label: name })),
        ]}
        value={value.sent_folder}
        onChange={(name) => onChange({ ...value, sent_folder: name ?? "" })}
        error={errors["imap.sent_folder"]}
      />
    </>
  );
}

export function HistoryFields({ value, onChange, folders, errors }: Props) {
  const { t, i18n } = useTranslation("email");
  const most = messagesIn(folders, value.folders);
  const wanted = value.history_from !== null;
  return (
    <>
      <Radio.Group
        label={t("history.title")}
        value={wanted ? "from" : "none"}
        onChange={(choice) => onChange({ ...value, history_from: choice === "from" ? dayBefore(90) : null })}
      >
        <Stack gap={10} mt={8}>
          <Radio value="none" label={t("history.none")} description={t("history.noneText")} />
          <Radio value="from" label={t("history.from")} description={t("history.fromText")} />
        </Stack>
      </Radio.Group>
      {wanted && (
        <>
          <TextInput
            type="date"
            label={t("history.since")}
            max={today()}
            maw={220}
            required
            withAsterisk={false}
            value={value.history_from ?? ""}
            onChange={(event) => onChange({ ...value, history_from: event.currentTarget.value })}
            error={errors["imap.history_from"]}
          />
          <Note>
            {t("history.means")}
            {most > 0 &&
              ` ${t("history.most", { count: most, number: new Intl.NumberFormat(i18n.language).format(most) })}`}
          </Note>
        </>
      )}
    </>
  );
}
