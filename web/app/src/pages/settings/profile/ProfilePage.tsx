// My account: name and language, password, two-step sign-in, and where I am signed in.
import { useTranslation } from "react-i18next";
import { Page } from "../ui/Page";
import { AboutMe } from "./AboutMe";
import { ChangePassword } from "./ChangePassword";
import { Sessions } from "./Sessions";
import { TwoStep } from "./TwoStep";

export function ProfilePage() {
  const { t } = useTranslation("settings");
  return (
    <Page title={t("profile.title")} lead={t("profile.lead")}>
      <AboutMe />
      <ChangePassword />
      <TwoStep />
      <Sessions />
    </Page>
  );
}
