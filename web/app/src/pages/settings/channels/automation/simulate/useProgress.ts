// Keeps a simulation's progress by the live socket; its result is read when the last ticket is through.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type Simulation, simulationQuery } from "@/api/simulations";
import { useLive } from "@/live/LiveProvider";

export function useProgress(id: string | null): void {
  const queryClient = useQueryClient();
  const { listen } = useLive();
  useEffect(() => {
    if (!id) return;
    const key = simulationQuery(id).queryKey;
    return listen((events) => {
      const last = events.findLast(
        ({ name, data }) => name === "simulation.progressed" && data.simulation_id === id,
      );
      if (!last) return;
      const { done, total } = last.data as { done: number; total: number };
      queryClient.setQueryData<Simulation>(key, (now) => now && { ...now, done, total });
      if (done >= total) queryClient.invalidateQueries({ queryKey: key });
    });
  }, [id, listen, queryClient]);
}
