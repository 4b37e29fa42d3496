// The eye in a password field, named for screen readers and left in the tab order.
import type { TFunction } from "i18next";

export const passwordToggle = (t: TFunction) => ({
  "aria-label": t("signin:showPassword"),
  tabIndex: 0,
  style: { color: "var(--k-dim)" },
});
