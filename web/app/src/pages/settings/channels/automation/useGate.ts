// Whether this person may edit routing, and if not, why (K3).
import { useMe } from "@/api/desk";

export type Gate = "noSeat" | "noPermission" | null;

export function useGate(): Gate {
  const { can, has_seat } = useMe();
  if (can.edit_routing) return null;
  return has_seat ? "noPermission" : "noSeat";
}
