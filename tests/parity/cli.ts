/** Entry of the bundle that `npm run parity` makes and runs. */
import { main } from './parity.ts';

// No await up here: the bundle's lazily loaded parts import this module and would wait for each other.
void main(process.argv.slice(2)).then(
  () => process.exit(0), // Dawn keeps threads alive
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
