// Where channels stand in the settings, as the trail above each of their pages.
import { useTranslation } from "react-i18next";
import type { Crumb } from "../ui/Page";

export function useHelpDeskTrail(...further: Crumb[]): Crumb[] {
  const { t } = useTranslation("settings");
  const standing = ["inboxAndHelpDesk", "helpDesk", "sources"].map((key) => ({ label: t(`nav.${key}`) }));
  return [...standing, ...further];
}
