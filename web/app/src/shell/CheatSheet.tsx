// What the keys do.
import { Kbd, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./CheatSheet.module.css";

const groups = {
  list: [
    ["down", ["J"]],
    ["up", ["K"]],
    ["open", ["Enter"]],
    ["find", ["/"]],
  ],
  ticket: [
    ["reply", ["R"]],
    ["replyAll", ["A"]],
    ["forward", ["F"]],
    ["comment", ["C"]],
    ["take", ["T"]],
    ["why", ["W"]],
    ["close", ["E"]],
    ["back", ["Esc"]],
  ],
  composer: [
    ["send", ["Ctrl", "Enter"]],
    ["bold", ["Ctrl", "B"]],
    ["link", ["Ctrl", "K"]],
  ],
  anywhere: [
    ["newMail", ["N"]],
    ["availability", ["⇧", "A"]],
    ["help", ["?"]],
  ],
} as const;

export function CheatSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("shell");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t("keys.title")}
      size={560}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <div className={classes.groups}>
        {Object.entries(groups).map(([group, keys]) => (
          <section key={group}>
            <h3 className={classes.heading}>{t(`keys.${group}`)}</h3>
            <dl className={classes.keys}>
              {keys.map(([what, strokes]) => (
                <div key={what}>
                  <dt>{t(`keys.${what}`)}</dt>
                  <dd>
                    {strokes.map((stroke) => (
                      <Kbd key={stroke} size="xs">
                        {stroke === "Ctrl" && isMac ? "⌘" : stroke}
                      </Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
