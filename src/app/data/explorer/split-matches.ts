/** Splits a text at every match of a query, case aside: even parts don't match, odd ones do. */
export function splitMatches(text: string, query: string): readonly string[] {
  if (query === '') return [text];
  const lowerText = text.toLowerCase();
  const lowerQuery = query.toLowerCase();
  // Some letters change length with their case (`İ`): places found would not be places in `text`.
  if (lowerText.length !== text.length) return [text];
  const parts: string[] = [];
  let from = 0;
  for (;;) {
    const at = lowerText.indexOf(lowerQuery, from);
    if (at === -1) break;
    parts.push(text.slice(from, at), text.slice(at, at + lowerQuery.length));
    from = at + lowerQuery.length;
  }
  parts.push(text.slice(from));
  return parts;
}
