import { createHmac, sign, type KeyObject } from 'node:crypto'

/** A JSON Web Token (RFC 7519) without its signature. */
export type TokenParts = {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
const decode = (part = ''): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString())

/** Reads a token without checking it. */
export function readToken(token: string): TokenParts {
  const [header, claims] = token.split('.')
  return { header: decode(header), claims: decode(claims) }
}

/**
 * Signs a token by hand: libraries refuse to make the wrong ones that tests need. With a private RSA key as RS256, with a
 * text as HS256, with null not at all. The header stays as it is, so it may say something else.
 */
export function signToken({ header, claims }: TokenParts, key: KeyObject | string | null): string {
  const content = `${encode(header)}.${encode(claims)}`
  return `${content}.${signatureOf(content, key)}`
}

function signatureOf(content: string, key: KeyObject | string | null): string {
  if (key === null) return ''
  if (typeof key === 'string') return createHmac('sha256', key).update(content).digest('base64url')
  return sign('sha256', Buffer.from(content), key).toString('base64url')
}
