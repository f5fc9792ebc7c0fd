/** The header that makes a change count only where the object still has this version; else the answer is 412. */
export function ifMatch(version: number): Record<string, string> {
  return { 'if-match': `"${version}"` }
}
