"""What is spam: judged on the way in (`judging`), said by people and taken back (`marking`), forgotten after 90 days
(`jobs`). Spam is a state of a conversation and not a place where things are lost: it can be read and brought back."""
