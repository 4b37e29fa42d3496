// Makes members for tests; what a test cares about it says itself.
import type { Member } from "@/api/people";

export function makeMember(part: Partial<Member> = {}): Member {
  return {
    id: "m1",
    name: "Ana Berg",
    chat_name: "",
    photo_url: null,
    active: true,
    has_seat: true,
    availability: {
      state: "available",
      why: "start",
      since: "2026-03-02T08:00:00Z",
      set_by: null,
      back_at: null,
    },
    email: "ana@demo.example",
    role: "agent",
    title: "",
    team_ids: [],
    invited_at: null,
    joined_at: "2026-01-02T08:00:00Z",
    load: { total: 0, calling: 0, messaging: 0, email: 0 },
    capacity: {},
    ...part,
  };
}
