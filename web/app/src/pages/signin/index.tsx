// Pages for people who are not signed in yet: sign-in, first run, password reset.
import { useLocation } from "@tanstack/react-router";
import { ForgotPassword } from "./ForgotPassword";
import { LinkGone } from "./LinkGone";
import { OneTimeLinkPage } from "./OneTimeLinkPage";

export { SignInPage } from "./SignInPage";

/** `/welcome#token`: the link that a new installation or a new colleague starts with. */
export function WelcomePage() {
  const token = useToken();
  return token ? (
    <OneTimeLinkPage key={token} token={token} purpose="first_run" />
  ) : (
    <LinkGone purpose="first_run" />
  );
}

/** `/reset` asks for a link, `/reset#token` is where that link leads. */
export function ResetPage() {
  const token = useToken();
  return token ? <OneTimeLinkPage key={token} token={token} purpose="password_reset" /> : <ForgotPassword />;
}

/** Behind the #, which browsers send to nobody. */
const useToken = () => useLocation({ select: (location) => location.hash });
