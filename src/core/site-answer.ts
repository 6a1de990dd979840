/** Answers of the page's own site. */

/**
 * The `status` of an answer that doesn't bring the file that was asked for; null if it does. Some hosts answer for what
 * they don't have with a page of theirs and say that all is well: that has no status.
 */
export function withoutFile(response: Response): { readonly status?: number } | null {
  if (!response.ok) return { status: response.status };
  return response.headers.get('Content-Type')?.startsWith('text/html') ? {} : null;
}
