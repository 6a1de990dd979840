/** The entry point of the bundle that `npm run bench` builds and runs. */
import { main } from './bench.ts';
import { recount } from './recount.ts';

// No top-level await: the bundle's lazily loaded parts import this module, and both would wait forever.
const [command, ...rest] = process.argv.slice(2);

void (command === 'recount' ? recount(rest) : main(process.argv.slice(2))).then(
  () => process.exit(0), // needed because Dawn keeps threads alive
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
