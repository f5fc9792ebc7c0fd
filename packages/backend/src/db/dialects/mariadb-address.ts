import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import type { SslOptions } from 'mysql2'
import { DomainError } from '@kickstand/domain'

const EXPECTED = 'mariadb://user:password@host:port/database'
const ADDRESS =
  /^(?:mariadb|mysql):\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/?]+)\/(?<database>[^/?]+)(?:\?(?<options>.*))?$/
const TLS_MODES = ['off', 'required', 'verify-ca', 'verify-full'] as const

/** One server of an address; a Galera cluster has several. */
export type Node = { readonly host: string; readonly port: number }

/** A parsed address, with defaults. */
export type Address = {
  /** In order of preference. */
  readonly nodes: readonly [Node, ...Node[]]
  readonly user: string
  readonly password: string
  readonly database: string
  readonly tls: SslOptions | null
  /** Maximum number of connections, and of requests that wait for one. */
  readonly pool: number
  readonly queue: number
  readonly connectMs: number
  /** Time limit of a statement. */
  readonly statementMs: number
  readonly idleMs: number
  readonly lifetimeMs: number
}

/**
 * Parses `mariadb://user:password@host:port[,host:port…]/database[?option=value&…]`; docs/operating/mariadb.md lists
 * the options. Throws `invalid-config` that names the invalid part, and never shows the password.
 */
export function parseAddress(text: string): Address {
  const parts = ADDRESS.exec(text)?.groups
  const database = parts?.database
  if (parts === undefined || database === undefined) throw invalid(`expected ${EXPECTED}`)
  const [first, ...others] = parts.hosts.split(',').map(parseNode)
  const options = new URLSearchParams(parts.options ?? '')
  const seconds = (name: string, fallback: number): number => takeNumber(options, name, fallback, 1, 86_400) * 1000
  const address: Address = {
    nodes: [first, ...others],
    user: decode(parts.user ?? ''),
    password: decode(parts.password ?? ''),
    database: decode(database),
    tls: takeTls(options),
    pool: takeNumber(options, 'pool', 10, 1, 500),
    queue: takeNumber(options, 'queue', 1000, 1, 100_000),
    connectMs: seconds('connect-seconds', 5),
    statementMs: seconds('statement-seconds', 10),
    idleMs: seconds('idle-seconds', 60),
    lifetimeMs: seconds('lifetime-seconds', 1800),
  }
  // For an IP address, the driver would compare the certificate with "localhost".
  if (address.tls?.verifyIdentity === true && address.nodes.some(({ host }) => isIP(host) !== 0)) {
    throw invalid('ssl-mode verify-full needs the name that is in the certificate, not an IP address; or use verify-ca')
  }
  const [unknown] = options.keys()
  if (unknown !== undefined) {
    throw invalid(
      `unknown option ${unknown}; known: ssl-mode, ssl-ca, pool, queue, connect-seconds, statement-seconds, idle-seconds, lifetime-seconds`,
    )
  }
  return address
}

function invalid(why: string): DomainError {
  return new DomainError('invalid-config', `KICKSTAND_DATABASE_URL cannot be used: ${why}.`)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalid('a % in the user, the password or the database must be written as %25')
  }
}

function parseNode(text: string): Node {
  const parts = /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<name>[^:[\]]+))(?::(?<port>\d{1,5}))?$/.exec(text)?.groups
  const host = parts?.six ?? parts?.name
  const port = Number(parts?.port ?? 3306)
  if (host === undefined || port < 1 || port > 65_535) throw invalid(`expected host:port, got "${text}"`)
  return { host, port }
}

function take(options: URLSearchParams, name: string): string | null {
  const value = options.get(name)
  options.delete(name)
  return value
}

function takeNumber(options: URLSearchParams, name: string, fallback: number, min: number, max: number): number {
  const text = take(options, name) ?? String(fallback)
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw invalid(`${name} must be a whole number from ${min} to ${max}`)
  }
  return value
}

/** TLS verifies the certificate and the host name unless `ssl-mode` says otherwise. */
function takeTls(options: URLSearchParams): SslOptions | null {
  const ca = take(options, 'ssl-ca')
  const given = take(options, 'ssl-mode') ?? (ca === null ? 'off' : 'verify-full')
  const mode = TLS_MODES.find((one) => one === given)
  if (mode === undefined) throw invalid(`ssl-mode must be one of ${TLS_MODES.join(', ')}`)
  if (mode === 'off') return null
  if (mode === 'required') return { rejectUnauthorized: false }
  const trusted = ca === null ? {} : { ca: readCa(ca) }
  return { rejectUnauthorized: true, verifyIdentity: mode === 'verify-full', ...trusted }
}

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw invalid(`the file of ssl-ca, ${file}, cannot be read`)
  }
}
