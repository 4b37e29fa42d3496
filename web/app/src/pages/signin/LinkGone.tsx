// A link that was used or is too old: what to do now.
import { Anchor, Button, Code } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { OneTimeLink } from "@/api/types";
import { SignedOutFrame } from "./SignedOutFrame";
import classes from "./SignedOutFrame.module.css";

export function LinkGone({ purpose }: { purpose: OneTimeLink["purpose"] }) {
  const { t } = useTranslation("signin");
  return (
    <SignedOutFrame title={t("gone.title")} lead={t(`gone.${purpose}`)}>
      <div className={classes.form}>
        {purpose === "first_run" && (
          <Code block fz="xs">
            kanal user reset-password --email …
          </Code>
        )}
        {purpose === "password_reset" && (
          <Button component={Link} to="/reset" hash="" size="md">
            {t("gone.newLink")}
          </Button>
        )}
        <Anchor component={Link} to="/signin" className={classes.aside}>
          {t("toSignIn")}
        </Anchor>
      </div>
    </SignedOutFrame>
  );
}
