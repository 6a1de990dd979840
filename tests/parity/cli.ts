/** The entry point of the bundle that `npm run parity` builds and runs. */
import { main } from './parity.ts';

// No top-level await: the bundle's lazily loaded parts import this module, and both would wait forever.
void main(process.argv.slice(2)).then(
  () => process.exit(0), // needed because Dawn keeps threads alive
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
