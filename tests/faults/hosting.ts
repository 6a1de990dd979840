/** Faults of where the page is hosted: what lies beside it, and what a new version replaces. */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntilOffline } from '../support/drive-page.ts';
import type { Fault, FaultGroup } from './fault.ts';

const neighbours: Fault = {
  name: 'other pages lie in the same folder',
  inject: {
    site(folder) {
      mkdirSync(join(folder, 'blog'));
      writeFileSync(join(folder, 'blog/index.html'), '<title>Blog</title><p>A blog, not Mynah');
    },
  },
  async act({ page }) {
    await waitUntilOffline(page);
  },
  async expect({ page, context, site }) {
    // Chromium counts an answer of 404 without a text as an error.
    const other = await context.newPage();
    const unknown = other.goto(new URL('no/such/page', site.url).href);
    await assert.rejects(unknown, /ERR_HTTP_RESPONSE_CODE_FAILURE/);
    await other.close();
    const answer = async (path: string) => {
      const response = await page.goto(new URL(path, site.url).href);
      return `${response?.status()} ${response?.headers()['content-type']?.split(';')[0]}`;
    };
    assert.equal(await answer('blog/'), '200 text/html');
    const sees = await page.title();
    assert.equal(sees, 'Blog');
    assert.equal(await answer('robots.txt'), '200 text/plain');
    // The page itself, its files, and its address with a query, without the network.
    await site.unplug();
    for (const path of ['', '?from=somewhere', 'index.html', 'licences.html']) {
      assert.equal(await answer(path), '200 text/html', `offline: ${path}`);
      assert.match(await page.title(), path === 'licences.html' ? /Licences/i : /^Mynah/);
    }
    return { sees, kept: 'Mynah’s own addresses, offline; the others are answered by the host' };
  },
};

export const hosting: FaultGroup = { name: 'hosting', faults: [neighbours] };
