// Custom properties and their values, one under the other, each changed where it stands.
import { useQuery } from "@tanstack/react-query";
import { type PropertyObject, propertiesQuery, type Values } from "@/api/properties";
import { PropertyLine } from "./PropertyLine";
import classes from "./PropertyLines.module.css";

interface Props {
  object: PropertyObject;
  values: Values;
  /** Keeps one value; an error is shown at its field. */
  onSave: (key: string, value: unknown) => Promise<unknown>;
  readOnly: boolean;
}

export function PropertyLines({ object, values, onSave, readOnly }: Props) {
  const asked = useAsked(object);
  return (
    <dl className={classes.lines}>
      {asked.map((property) => (
        <PropertyLine
          key={property.key}
          property={property}
          value={values[property.key] ?? null}
          onSave={(value) => onSave(property.key, value)}
          readOnly={readOnly}
        />
      ))}
    </dl>
  );
}

/** The custom properties of tickets or contacts that are asked for, in their order. */
export function useAsked(object: PropertyObject) {
  const all = useQuery(propertiesQuery()).data?.items ?? [];
  return all.filter((one) => one.object === object && !one.builtin && !one.archived);
}
