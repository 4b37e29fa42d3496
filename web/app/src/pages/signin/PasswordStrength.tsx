// Three bars and a word under the field of a new password.
import { useTranslation } from "react-i18next";
import classes from "./PasswordStrength.module.css";
import { passwordStrength } from "./passwordStrength";

export function PasswordStrength({ password, email }: { password: string; email: string }) {
  const { t } = useTranslation("signin");
  const { level, fault } = passwordStrength(password, email);
  const word = password === "" || fault === "short" ? t("strength.rule") : t(`strength.${fault ?? level}`);
  return (
    <div className={classes.strength} data-level={password ? level : undefined} aria-live="polite">
      <span className={classes.bars} aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <i key={bar} data-on={bar <= level || undefined} />
        ))}
      </span>
      <span>{word}</span>
    </div>
  );
}
