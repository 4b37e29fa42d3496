// What the keys do on the screen at this moment, from the innermost part of it to the frame around it.
import { Modal, Switch } from "@mantine/core";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import {
  Caps,
  isMac,
  isOn,
  type Key,
  type Scope,
  scopes,
  useMounted,
  useSingleKeys,
  writtenKeys,
} from "@/kit/keys";
import classes from "./CheatSheet.module.css";

export function CheatSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("keys");
  const groups = useGroups();
  const [single, setSingle] = useSingleKeys();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("title")}
      size={720}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <div className={classes.groups}>
        {groups.map(([scope, keys]) => (
          <section key={scope}>
            <h3 className={classes.heading}>{t(`scope.${scope}`)}</h3>
            <dl className={classes.keys}>
              {keys.map((key) => (
                <div key={`${key.id} ${key.keys}`}>
                  <dt>{key.label}</dt>
                  <dd>
                    {writtenKeys(key).map((written, at) => (
                      <Fragment key={written}>
                        {at > 0 && <span className={classes.or}>/</span>}
                        <Caps keys={written} />
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        className={classes.single}
        checked={single}
        onChange={(event) => setSingle(event.currentTarget.checked)}
        label={t("single.label")}
        description={t(isMac ? "single.hintMac" : "single.hint")}
      />
    </Modal>
  );
}

function useGroups(): [Scope, Key[]][] {
  const mounted = useMounted();
  return [...scopes]
    .reverse()
    .map((scope): [Scope, Key[]] => {
      const keys = mounted.filter((one) => one.scope === scope).flatMap((one) => one.keys);
      const first = (key: Key, at: number) => keys.findIndex(({ id }) => id === key.id) === at;
      return [scope, keys.filter((key, at) => key.keys && isOn(key) && first(key, at))];
    })
    .filter(([, keys]) => keys.length > 0);
}
