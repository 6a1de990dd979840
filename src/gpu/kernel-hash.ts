/**
 * A hash of everything the kernels are made of: a self-test that other kernels passed says nothing about these.
 */

const sources = import.meta.glob<string>(['./kernels/*', './*kernels.ts', './compose-kernel.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** FNV-1a of 32 bits, in hexadecimal. */
function fnv1a(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}

export const kernelHash = fnv1a(Object.values(sources).join('\n'));
