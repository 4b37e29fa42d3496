// How a channel is doing, in one word, and what a person has to do about it.
import type { Channel } from "@/api/types";
import { screensOf } from "./kinds/screens";

export type Standing = "ok" | "waiting" | "proof" | "attention" | "signedOut" | "fresh" | "off";

export function healthOf(channel: Channel): Standing {
  if (!channel.active) return "off";
  if (!channel.authorized) return "signedOut";
  const { state } = channel.health;
  if (state !== "waiting") return state;
  // Where there is nothing left to set up, nothing is waited for either.
  if (!screensOf(channel.kind).GoOn) return "fresh";
  return channel.proof === "waiting" ? "proof" : "waiting";
}

/** The one thing that helps: sign in again, prove the address, look at what was not understood, look at the settings. */
export type Need = "signIn" | "prove" | "unexplained" | "settings" | null;

export function needOf(channel: Channel): Need {
  if (!channel.active) return null;
  if (!channel.authorized) return "signIn";
  if (channel.proof === "lost" || (channel.proof === "waiting" && healthOf(channel) === "proof"))
    return "prove";
  if (channel.health.state !== "attention") return null;
  return /\bledger\b|not explained|could not be fetched/.test(channel.health.reason ?? "")
    ? "unexplained"
    : "settings";
}
