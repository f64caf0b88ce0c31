const listeners = new Set<() => void>();

/** Hear when the server says that the session is over. Returns the way to stop hearing. */
export function onSessionLost(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function tellIfLost(code: string): void {
  if (code === "common.not-signed-in")
    listeners.forEach((listen) => {
      listen();
    });
}
