// Which of the figures is drawn by day.
import type { Totals } from "@/api/submissions";

export type Drawn = keyof Totals;
