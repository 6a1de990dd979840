/**
 * A worker that only awaits tensors would never receive a message, because awaiting a tensor on the WASM
 * backend doesn't leave the microtask queue. {@link yieldToMessages} goes through a MessageChannel, which
 * is neither clamped to 4 ms like nested timers nor throttled in a background tab.
 */

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Resolves after the messages that are waiting now have been handled. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
