/**
 * Whether `If-None-Match: header` matches `etag`. Weak tags match: a compressing proxy weakens ours (RFC 9110 §13.1.2).
 * A request with `*` matches any tag.
 */
export function isKnownTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.some((tag) => tag === etag || tag === '*')
}
