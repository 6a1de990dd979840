/**
 * Runs in a worker before the engine's script, as text, so that a software driver passes for a graphics card. The driver
 * is asked twice what it is. Its first answer decides whether `auto` uses it. Its second answer decides which kernels it
 * gets, and is true, because software drivers take minutes to compile those for hardware.
 */
export function seemHardware(): void {
  const honest = Object.getOwnPropertyDescriptor(GPUAdapter.prototype, 'info')?.get;
  let isFirst = true;
  Object.defineProperty(GPUAdapter.prototype, 'info', {
    get() {
      const info = isFirst ? { vendor: 'acme' } : honest?.call(this);
      isFirst = false;
      return info;
    },
  });
}
