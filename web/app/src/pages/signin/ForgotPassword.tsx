// Asks for a link by mail; the answer never tells whether the address is known.
import { Anchor, Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { askPasswordReset } from "@/api/session";
import { SignedOutFrame } from "./SignedOutFrame";
import classes from "./SignedOutFrame.module.css";
import { SignInFault } from "./SignInFault";
import { useWait } from "./useWait";

export function ForgotPassword() {
  const { t } = useTranslation("signin");
  const [email, setEmail] = useState("");
  const ask = useMutation({ mutationFn: askPasswordReset });
  const wait = useWait(ask.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ask.isPending && wait === 0) ask.mutate(email.trim());
  };
  const back = (
    <Anchor component={Link} to="/signin" className={classes.aside}>
      {t("toSignIn")}
    </Anchor>
  );
  if (ask.isSuccess)
    return (
      <SignedOutFrame title={t("forgotten.sentTitle")} lead={t("forgotten.sent", { email: email.trim() })}>
        <div className={classes.form}>{back}</div>
      </SignedOutFrame>
    );
  return (
    <SignedOutFrame title={t("forgotten.title")} lead={t("forgotten.lead")}>
      <form className={classes.form} onSubmit={submit}>
        <SignInFault error={ask.error} wait={wait} />
        <TextInput
          label={t("email")}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={ask.isPending} disabled={wait > 0}>
          {t("forgotten.submit")}
        </Button>
        {back}
      </form>
    </SignedOutFrame>
  );
}
