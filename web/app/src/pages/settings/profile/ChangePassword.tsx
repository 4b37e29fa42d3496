// A new password for me; it ends my other sessions.
import { PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/http";
import { changePassword, sessionsQuery, useSession } from "@/api/session";
import { NewPasswordInput } from "@/pages/signin/NewPasswordInput";
import { passwordStrength } from "@/pages/signin/passwordStrength";
import { passwordToggle } from "@/pages/signin/passwordToggle";
import { FaultAlert } from "../ui/FaultAlert";
import { fieldErrors } from "../ui/fieldErrors";
import { SaveButton } from "../ui/SaveButton";
import { Section } from "../ui/Section";
import { passwordFault } from "./passwordFault";

export function ChangePassword() {
  const { t } = useTranslation(["settings", "signin"]);
  const { user } = useSession();
  const queryClient = useQueryClient();
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const [told, setTold] = useState(false);
  const save = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      setCurrent("");
      setWanted("");
      setTold(false);
      queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const wrong = save.error instanceof Problem && save.error.kind === "wrong-credentials";
  const errors = fieldErrors(wrong ? null : save.error, ["current", "new"], t);
  const weak = passwordStrength(wanted, user.email).fault;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!weak) save.mutate({ current, new: wanted });
  };
  return (
    <form onSubmit={submit}>
      <Section
        title={t("password.title")}
        text={t("password.text")}
        foot={
          <SaveButton
            dirty={current !== "" && wanted !== ""}
            saving={save.isPending}
            savedAt={save.isSuccess ? save.submittedAt : 0}
          />
        }
      >
        <FaultAlert text={passwordFault(save.error, t) ?? errors.above} />
        <input type="email" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordInput
          label={t("password.current")}
          autoComplete="current-password"
          maw={420}
          visibilityToggleButtonProps={passwordToggle(t)}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={wrong ? t("password.wrong") : errors.at.current}
        />
        <NewPasswordInput
          label={t("password.new")}
          maw={420}
          email={user.email}
          value={wanted}
          onChange={setWanted}
          error={(told && weak && t(`signin:strength.${weak}`)) || errors.at.new}
        />
      </Section>
    </form>
  );
}
