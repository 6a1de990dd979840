/** Builds the site once for all tests in other browsers, and makes the copy that they watch. */

import { setup as build } from '../e2e/build-site.ts';
import { copySite, putBeforePage, putIntoWorker } from '../support/copy-site.ts';
import { WATCHED_SITE } from './session.ts';
import { WITNESS_OF_PAGE, WITNESS_OF_WORKER } from './witness.ts';

export function setup(): void {
  build();
  copySite(WATCHED_SITE);
  putBeforePage(WATCHED_SITE, WITNESS_OF_PAGE);
  putIntoWorker(WATCHED_SITE, WITNESS_OF_WORKER);
}
