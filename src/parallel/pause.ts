/** A pause in a long computation, in which signals and timers are heard. @throws What the signal was aborted with. */
export async function pause(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => void setImmediate(resolve));
  signal?.throwIfAborted();
}
