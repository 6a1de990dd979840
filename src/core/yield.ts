/**
 * Lets waiting messages in. Awaiting a tensor on the WASM backend never leaves the microtask queue,
 * so a worker that only awaits tensors would not hear a cancel. A MessageChannel is neither clamped
 * to 4 ms like nested timers nor throttled in a background tab.
 */

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
