/** Sends what was filled in. Only files take the way that can tell how far it is. */
export type Answer = { status: number; body: Record<string, unknown> };

/** Rejects when there is no network or nobody answers. */
export async function send(
  address: string,
  data: FormData,
  progress: (percent: number) => void,
): Promise<Answer> {
  return [...data.values()].some((value) => value instanceof File && value.name !== "")
    ? upload(address, data, progress)
    : post(address, data);
}

async function post(address: string, data: FormData): Promise<Answer> {
  const body = new URLSearchParams();
  for (const [name, value] of data) if (typeof value === "string") body.append(name, value);
  const answer = await fetch(address, { method: "POST", body, headers: { accept: "application/json" } });
  return { status: answer.status, body: await answer.json().catch(() => ({})) };
}

function upload(address: string, data: FormData, progress: (percent: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = ({ loaded, total }) => progress(Math.floor((loaded / (total || 1)) * 100));
    request.onerror = reject;
    request.onload = () => resolve({ status: request.status, body: parsed(request.responseText) });
    request.send(data);
  });
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
