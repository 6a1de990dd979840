/**
 * Writes `docs/hosting/`: for hosts that people use, a file that makes the host send the headers of
 * `vite.config.ts`.
 *
 * npx tsx tools/hosting/make.ts [--check]
 *
 * With `--check`, which is part of `npm run check`, it writes nothing and fails if a file there isn't
 * exactly what it would write.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { headers as isolation, workerPolicy } from '../../vite.config.ts';

const headers = Object.entries({ ...isolation, 'Content-Security-Policy': workerPolicy });
/** Names of files in `assets/` change with their content; everything else is to be asked for again. */
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
const note = 'Made by tools/hosting/make.ts from the headers in vite.config.ts.';

const lines = (format: (name: string, value: string) => string) =>
  headers.map(([name, value]) => format(name, value)).join('\n');

/** https://developers.cloudflare.com/pages/configuration/headers/, and Netlify's are the same. */
const headersFile = `# ${note} For Netlify and Cloudflare Pages: copy it to dist/_headers.
/*
${lines((name, value) => `  ${name}: ${value}`)}
/assets/*
  Cache-Control: ${FOREVER}
`;

/** https://nginx.org/en/docs/http/ngx_http_headers_module.html */
const nginx = `# ${note} For nginx: include it in a \`server\` block whose \`root\` is dist/.
# A location with a header of its own inherits none, so each has all of them.
location / {
${lines((name, value) => `  add_header ${name} "${value}" always;`)}
  add_header Cache-Control "${ASK_AGAIN}" always;
}
location ~ /assets/ {
${lines((name, value) => `  add_header ${name} "${value}" always;`)}
  add_header Cache-Control "${FOREVER}" always;
}
`;

/** https://httpd.apache.org/docs/2.4/mod/mod_headers.html */
const apache = `# ${note} For Apache with mod_headers: copy it to dist/.htaccess.
AddType application/wasm .wasm
AddType application/manifest+json .webmanifest
AddType text/javascript .js
${lines((name, value) => `Header always set ${name} "${value}"`)}
Header always set Cache-Control "${ASK_AGAIN}"
<If "%{REQUEST_URI} =~ m#/assets/#">
  Header always set Cache-Control "${FOREVER}"
</If>
`;

/** https://caddyserver.com/docs/caddyfile/directives/header */
const caddy = `# ${note} For Caddy: import it in a site block whose \`root\` is dist/.
file_server
header {
${lines((name, value) => `\t${name} "${value}"`)}
\tCache-Control ${ASK_AGAIN}
}
header /assets/* Cache-Control "${FOREVER}"
`;

/** https://vercel.com/docs/project-configuration#headers */
const vercel = `${JSON.stringify(
  {
    headers: [
      { source: '/(.*)', headers: headers.map(([key, value]) => ({ key, value })) },
      { source: '/assets/(.*)', headers: [{ key: 'Cache-Control', value: FOREVER }] },
    ],
  },
  null,
  2,
)}
`;

const files = {
  _headers: headersFile,
  'nginx.conf': nginx,
  htaccess: apache,
  Caddyfile: caddy,
  'vercel.json': vercel,
};
for (const [name, text] of Object.entries(files)) {
  const target = new URL(`../../docs/hosting/${name}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(`docs/hosting/${name} is out of date: run npx tsx tools/hosting/make.ts`);
    process.exitCode = 1;
  }
}
