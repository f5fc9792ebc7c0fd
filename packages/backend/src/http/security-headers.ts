function policy(directives: readonly string[]): string {
  return directives.join('; ')
}

/** Headers of the riders' page. */
export const RIDER_HEADERS = {
  // Everything from this server except map tiles, which another host may serve. No inline scripts.
  'content-security-policy': policy([
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' https: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ]),
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'geolocation=(self), camera=(), microphone=()',
  'x-frame-options': 'DENY',
} as const

/**
 * Headers of the console. Nothing but files of this server, nothing inline, and with Trusted Types no text can become
 * code: the page creates no policy for it. What a screen needs beyond this is added by name, never by an `unsafe-` word.
 */
export const CONSOLE_HEADERS = {
  'content-security-policy': policy([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'geolocation=(), camera=(), microphone=()',
  'x-frame-options': 'DENY',
} as const
