/**
 * Whether a client that sent `If-None-Match: header` has the body tagged `etag`. Weak tags count: what compresses on the way
 * weakens ours (RFC 9110 §13.1.2).
 */
export function isKnownTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  const tags = header.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.some((tag) => tag === etag || tag === '*')
}
