// Myself: name and language, how I work in this account, password, two-step sign-in, and where I am signed in.
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/desk";
import { Page } from "../ui/Page";
import { AboutMe } from "./AboutMe";
import { AboutMyWork } from "./AboutMyWork";
import { ChangePassword } from "./ChangePassword";
import { MyAddresses } from "./MyAddresses";
import classes from "./ProfilePage.module.css";
import { Sessions } from "./Sessions";
import { TwoStep } from "./TwoStep";

export function ProfilePage() {
  const { t } = useTranslation(["settings", "people"]);
  const { account } = useMe();
  return (
    <Page title={t("profile.title")} lead={t("profile.lead")}>
      <AboutMe />
      <h2 className={classes.part}>{t("people:mine.work", { account: account.name })}</h2>
      <AboutMyWork />
      <MyAddresses />
      <h2 className={classes.part}>{t("people:mine.signIn")}</h2>
      <ChangePassword />
      <TwoStep />
      <Sessions />
    </Page>
  );
}
