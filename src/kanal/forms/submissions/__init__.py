"""What people sent with forms: taken in durably by `accepting`, counted by `counting`; read by `queries` and `export`;
let in by `releasing`, made into tickets later by `jobs`, and taken away by `deleting`."""
