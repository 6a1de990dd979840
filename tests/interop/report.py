"""Counts checks and prints a line for each."""
import sys

passed = failed = 0

def check(name, ok, detail=''):
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    print(f'{"pass" if ok else "FAIL"}  {name}{": " if detail else ""}{detail}', flush=True)

def close(skipped=0):
    """Prints the counts, which interop.mjs adds up, and ends with an error if a check has failed."""
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    sys.exit(failed > 0)
