/** The name of a browser and its system, by what it says of itself. */

/** In this order, because most browsers also name the ones that they descend from. */
const BROWSERS: readonly (readonly [name: string, version: RegExp])[] = [
  ['Firefox', /Firefox\/([\d.]+)/],
  ['Edge', /Edg\w*\/([\d.]+)/],
  ['Opera', /OPR\/([\d.]+)/],
  ['Samsung Internet', /SamsungBrowser\/([\d.]+)/],
  ['Chromium', /Chrom\w+\/([\d.]+)/],
  ['Safari', /Version\/([\d.]+).*Safari/],
  ['Node.js', /Node\.js\/([\d.]+)/],
];

const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['ChromeOS', /CrOS/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
];

/** `Chromium 156 (Linux)`; null for a browser that none of the names fits. */
export function browserName(userAgent: string): string | null {
  for (const [name, pattern] of BROWSERS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version === undefined) continue;
    const system = SYSTEMS.find(([, ofSystem]) => ofSystem.test(userAgent))?.[0];
    // Browsers write zeros after the first number, so that sites can't tell their users apart.
    return `${name} ${version.replace(/(\.0)+$/, '')}${system === undefined ? '' : ` (${system})`}`;
  }
  return null;
}
