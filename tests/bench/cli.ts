/** Entry of the bundle that `npm run bench` makes and runs. */
import { main } from './bench.ts';
import { recount } from './recount.ts';

// No await up here: the bundle's lazily loaded parts import this module and would wait for each other.
const [command, ...rest] = process.argv.slice(2);

void (command === 'recount' ? recount(rest) : main(process.argv.slice(2))).then(
  () => process.exit(0), // Dawn keeps threads alive
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
