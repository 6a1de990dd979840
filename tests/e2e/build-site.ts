/** The built site, for all end-to-end tests. */
export { buildSite as setup } from '../support/build-site.ts';
