// How good a new password is, told while it is typed; the server has the last word.

export const shortestPassword = 10;

export type PasswordFault = "short" | "email" | "monotonous";
export interface Strength {
  /** 0 will be refused, 1 will do, 2 is good, 3 is strong. */
  level: 0 | 1 | 2 | 3;
  fault: PasswordFault | null;
}

export function passwordStrength(password: string, email: string): Strength {
  const fault = faultOf(password, email);
  if (fault) return { level: 0, fault };
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) =>
    kind.test(password),
  ).length;
  const weight = password.length + 2 * (kinds - 1);
  return { level: weight >= 20 ? 3 : weight >= 14 ? 2 : 1, fault: null };
}

function faultOf(password: string, email: string): PasswordFault | null {
  if (password.length < shortestPassword) return "short";
  if (password.toLowerCase() === email.toLowerCase()) return "email";
  return new Set(password).size < 4 ? "monotonous" : null;
}
