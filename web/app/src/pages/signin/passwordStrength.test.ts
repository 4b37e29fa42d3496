import { describe, expect, it } from "vitest";
import { passwordStrength } from "./passwordStrength";

const email = "admin@demo.example";

describe("a new password", () => {
  it("is refused for what the server would refuse", () => {
    expect(passwordStrength("short", email).fault).toBe("short");
    expect(passwordStrength("Admin@demo.example", email).fault).toBe("email");
    expect(passwordStrength("aaaaaaaaaaaa", email).fault).toBe("monotonous");
  });

  it("gets better with length and with variety", () => {
    expect(passwordStrength("abcdefghij", email).level).toBe(1);
    expect(passwordStrength("Abcdefghij12", email).level).toBe(2);
    expect(passwordStrength("four plain words together", email).level).toBe(3);
  });
});
