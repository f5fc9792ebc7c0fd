import { isIP } from 'node:net'

/** One setting: its description for `.env.example`, its default and its parser. */
export type Setting<T> = { readonly about: string; readonly fallback: string; readonly parse: (text: string) => T }

export function text(about: string, fallback: string): Setting<string> {
  return { about, fallback, parse: (value) => value }
}

/** A whole number from `min` to `max`, both included. */
export function wholeNumber(about: string, fallback: number, min: number, max: number): Setting<number> {
  return {
    about,
    fallback: String(fallback),
    parse(value) {
      const number = Number(value)
      if (!/^\d+$/.test(value) || number < min || number > max) {
        throw new Error(`expected a whole number from ${min} to ${max}, got "${value}"`)
      }
      return number
    },
  }
}

/** One of a few words. */
export function choice<const T extends readonly string[]>(
  about: string,
  fallback: T[number],
  allowed: T,
): Setting<T[number]> {
  return {
    about,
    fallback,
    parse(value) {
      const found = allowed.find((one) => one === value)
      if (found === undefined) throw new Error(`expected one of ${allowed.join(', ')}, got "${value}"`)
      return found
    },
  }
}

/** Addresses or networks (CIDR), separated by commas; none by default. */
export function networks(about: string): Setting<string[]> {
  return {
    about,
    fallback: '',
    parse(value) {
      const parts = value.split(',').map((part) => part.trim())
      const named = parts.filter((part) => part !== '')
      for (const network of named) {
        if (!isNetwork(network)) throw new Error(`expected addresses such as 10.0.0.0/8 or ::1, got "${network}"`)
      }
      return named
    },
  }
}

/** An IP address with or without a prefix length. */
function isNetwork(given: string): boolean {
  const [address = '', bits, ...more] = given.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** The roles of a server process. */
const ROLES = ['web', 'api', 'live', 'jobs'] as const
export type Role = (typeof ROLES)[number]

/** Roles of a process, separated by commas; all by default. */
export function roles(about: string): Setting<ReadonlySet<Role>> {
  return {
    about,
    fallback: ROLES.join(','),
    parse(value) {
      const named = value.split(',').map((part) => part.trim())
      const known = ROLES.filter((role) => named.includes(role))
      if (known.length === 0 || known.length < new Set(named).size) {
        throw new Error(`expected some of ${ROLES.join(', ')}, got "${value}"`)
      }
      return new Set(known)
    },
  }
}

/** An origin: http or https, host and optional port, without a path; empty if not set. */
export function origin(about: string): Setting<string> {
  return {
    about,
    fallback: '',
    parse(value) {
      if (value === '') return ''
      const url = URL.canParse(value) ? new URL(value) : null
      const isWeb = url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
      if (!isWeb || (url.href !== `${url.origin}/` && url.href !== url.origin)) {
        throw new Error(`expected an address such as https://parking.example without a path, got "${value}"`)
      }
      return url.origin
    },
  }
}

/** The address of a Redis server; empty for none. */
export function redisAddress(about: string): Setting<string> {
  return {
    about,
    fallback: '',
    parse(value) {
      const protocol = URL.canParse(value) ? new URL(value).protocol : ''
      if (value === '' || protocol === 'redis:' || protocol === 'rediss:') return value
      // The value may contain a password, so the message does not repeat it.
      throw new Error('expected redis://host:port/number, or rediss://… with TLS')
    },
  }
}

/** The address of a mail server; empty for none. */
export function smtpAddress(about: string): Setting<string> {
  return {
    about,
    fallback: '',
    parse(value) {
      const url = URL.canParse(value) ? new URL(value) : null
      const isMail = url !== null && (url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname !== ''
      if (value === '' || isMail) return value
      // The value may contain a password, so the message does not repeat it.
      throw new Error('expected smtps://user:password@host, or smtp://host:port')
    },
  }
}
