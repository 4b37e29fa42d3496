// What an operator does, in a few words.
import { useTranslation } from "react-i18next";
import { type Operator, operators } from "./terms";

export function useOperatorWords(): (written: string) => string {
  const { t } = useTranslation("search");
  return (written) => {
    const operator = operators.find((one) => written === one || written === `${one}:`) as
      | Operator
      | undefined;
    return operator ? t(`operator.${operator}`) : "";
  };
}
