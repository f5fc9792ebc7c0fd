import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { DomainError } from '@kickstand/domain'
import {
  choice,
  networks,
  origin,
  redisAddress,
  roles,
  smtpAddress,
  text,
  wholeNumber,
  type Role,
  type Setting,
} from './setting-kinds.ts'

/** All settings. Other names that start with KICKSTAND_ are rejected. */
export const SETTINGS = {
  KICKSTAND_ENV: choice(
    'production: no demo town, terser messages. development: a demo town when the database is empty.',
    'development',
    ['development', 'production', 'test'],
  ),
  KICKSTAND_HOST: text('Address to listen on. 0.0.0.0 for all.', '127.0.0.1'),
  KICKSTAND_PORT: wholeNumber('Port to listen on; 0 takes a free one.', 4242, 0, 65_535),
  KICKSTAND_PUBLIC_URL: origin(
    'Address under which riders reach this service, such as https://parking.example. Links in open data begin with it; unset, they are relative.',
  ),
  KICKSTAND_DATABASE_URL: text(
    'sqlite:PATH (relative to the project) or mariadb://user:password@host:port/database. The hosts of a Galera cluster are listed with commas. TLS, pool and time limits: docs/operating/mariadb.md.',
    'sqlite:./var/kickstand.db',
  ),
  KICKSTAND_BASEMAP: text(
    'Basemap: a local .pmtiles file, the https address of a TileJSON, or none. Unset: the map of the demo town, else OpenFreeMap.',
    '',
  ),
  KICKSTAND_DEMO: choice('auto: a demo town in an empty database outside production. off: never.', 'auto', [
    'auto',
    'off',
  ]),
  KICKSTAND_METRICS_PORT: wholeNumber('Port of /metrics on the same host; 0 turns it off.', 0, 0, 65_535),
  KICKSTAND_TRUSTED_PROXIES: networks('Addresses (CIDR, comma-separated) whose X-Forwarded-For is trusted.'),
  KICKSTAND_REDIS_URL: redisAddress(
    'Optional, for several servers: redis://host:port/number. Servers then see the changes of the others at once and share rate limits. Without it, changes arrive up to 250 ms later.',
  ),
  KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: wholeNumber(
    'Requests per address and minute (IPv6: per /64). 0 disables the limit.',
    6000,
    0,
    10_000_000,
  ),
  KICKSTAND_LIMIT_REPORTS_PER_ADDRESS: wholeNumber(
    'Reports per address and minute. 0 disables the limit.',
    120,
    0,
    10_000_000,
  ),
  KICKSTAND_LIMIT_REPORTS_PER_RIDER: wholeNumber(
    'Reports and undos per rider and minute, across all addresses. 0 disables the limit.',
    30,
    0,
    10_000_000,
  ),
  KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER: wholeNumber(
    'Contributions and photos per rider and minute, and changes of notification settings per rider or account; four times as many per address. 0 disables the limit.',
    20,
    0,
    10_000_000,
  ),
  KICKSTAND_LIMIT_STREAMS_PER_ADDRESS: wholeNumber(
    'Open live streams per address (IPv6: per /64). Many riders of a mobile network share an address. 0 disables the limit.',
    256,
    0,
    20_000,
  ),
  KICKSTAND_LIMIT_REQUEST_SECONDS: wholeNumber(
    'Seconds within which a request must have arrived completely, including its body.',
    15,
    1,
    300,
  ),
  KICKSTAND_LIMIT_BODY_MB: wholeNumber(
    'Megabytes of request bodies in memory or spool files at a time, for all clients together. 0 disables the limit.',
    128,
    0,
    100_000,
  ),
  KICKSTAND_LIMIT_BODY_MB_PER_ADDRESS: wholeNumber('The same for one address. 0 disables the limit.', 32, 0, 100_000),
  KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY: wholeNumber(
    'Batches of readings per feed key and minute, across all addresses. 0 disables the limit.',
    600,
    0,
    10_000_000,
  ),
  KICKSTAND_LIMIT_SIGN_INS_PER_ADDRESS: wholeNumber(
    'Attempts to sign in per address and minute, right or wrong. 0 disables the limit; guesses stay limited.',
    60,
    0,
    10_000_000,
  ),
  KICKSTAND_SESSION_IDLE_MINUTES: wholeNumber(
    'Minutes without a request after which a session of the console ends.',
    720,
    1,
    43_200,
  ),
  KICKSTAND_SESSION_DAYS: wholeNumber('Days after which a session of the console ends in any case.', 30, 1, 365),
  KICKSTAND_SMTP_URL: smtpAddress(
    'Mail server: smtps://user:password@host or smtp://host:port (STARTTLS, required with a password). Unset: mails wait in the database; "kickstand mail list" shows them.',
  ),
  KICKSTAND_MAIL_FROM: text('Sender of mails.', 'Kickstand <no-reply@localhost>'),
  KICKSTAND_ROLES: roles(
    'Roles of this process, comma-separated: web (the page), api, live (streams), jobs (periodic work).',
  ),
  KICKSTAND_FEEDS: text(
    'Feeds to fetch: profiles by name or file, comma-separated, or a folder of them. Their secrets are settings called FEED_…',
    '',
  ),
  KICKSTAND_DRAIN_SECONDS: wholeNumber(
    'Seconds after SIGTERM during which /readyz answers 503 while requests are still served. Set it longer than the load balancer needs to notice.',
    2,
    0,
    300,
  ),
  KICKSTAND_LOG_LEVEL: choice('How much is logged.', 'info', ['silent', 'error', 'warn', 'info', 'debug']),
} as const

/** Former names of settings. */
const RENAMED: Readonly<Record<string, keyof typeof SETTINGS>> = {
  KICKSTAND_RATE_LIMIT: 'KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS',
  KICKSTAND_REPORT_LIMIT: 'KICKSTAND_LIMIT_REPORTS_PER_ADDRESS',
  KICKSTAND_DEVICE_LIMIT: 'KICKSTAND_LIMIT_REPORTS_PER_RIDER',
  KICKSTAND_FACT_LIMIT: 'KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER',
  KICKSTAND_FEED_LIMIT: 'KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY',
}

export type Config = {
  readonly env: 'development' | 'production' | 'test'
  readonly host: string
  readonly port: number
  /** Without a trailing slash; empty if not set. */
  readonly publicUrl: string
  readonly databaseUrl: string
  readonly basemap: string
  readonly demo: 'auto' | 'off'
  readonly metricsPort: number
  readonly trustedProxies: readonly string[]
  readonly rateLimit: number
  readonly reportLimit: number
  readonly riderLimit: number
  readonly contributionLimit: number
  readonly feedLimit: number
  readonly signInLimit: number
  readonly streamsPerAddress: number
  readonly requestSeconds: number
  readonly bodyMb: number
  readonly bodyMbPerAddress: number
  readonly sessionIdleMinutes: number
  readonly sessionDays: number
  /** Empty where no mail server is configured. */
  readonly smtpUrl: string
  readonly mailFrom: string
  readonly redisUrl: string
  readonly roles: ReadonlySet<Role>
  /** See `findFeeds`; files as absolute paths. */
  readonly feeds: string
  /** The folder of the profiles that come with Kickstand. */
  readonly profiles: string
  /** Settings with names that begin with FEED_, which profiles refer to. */
  readonly feedSecrets: Readonly<Record<string, string>>
  readonly drainSeconds: number
  readonly logLevel: string
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * The `.env` file of `root`, overridden by the process's environment. Throws `invalid-config` if `.env` is unreadable.
 */
export function readEnv(root: string): Env {
  const file = resolve(root, '.env')
  if (!existsSync(file)) return { ...process.env }
  try {
    return { ...parseEnv(readFileSync(file, 'utf8')), ...process.env }
  } catch (error) {
    throw new DomainError('invalid-config', `${file} cannot be read. Make it readable or remove it.`, [], error)
  }
}

/**
 * Parses the settings, reporting all errors at once. Relative paths are relative to `root`.
 * Throws `invalid-config` naming each unknown or malformed setting.
 */
export function parseConfig(env: Env, root: string): Config {
  const errors: string[] = []
  for (const name of Object.keys(env)) {
    // KICKSTAND_TEST_* belong to the test runner.
    if (name.startsWith('KICKSTAND_') && !name.startsWith('KICKSTAND_TEST_') && !Object.hasOwn(SETTINGS, name)) {
      const now = RENAMED[name]
      errors.push(
        now === undefined
          ? `${name} is not a setting. Known: ${Object.keys(SETTINGS).join(', ')}.`
          : `${name} is called ${now} now. Rename it.`,
      )
    }
  }
  function read<T>(name: keyof typeof SETTINGS, setting: Setting<T>): T {
    try {
      return setting.parse(env[name] ?? setting.fallback)
    } catch (error) {
      errors.push(`${name}: ${error instanceof Error ? error.message : String(error)}.`)
      return setting.parse(setting.fallback)
    }
  }
  const config: Config = {
    env: read('KICKSTAND_ENV', SETTINGS.KICKSTAND_ENV),
    host: read('KICKSTAND_HOST', SETTINGS.KICKSTAND_HOST),
    port: read('KICKSTAND_PORT', SETTINGS.KICKSTAND_PORT),
    publicUrl: read('KICKSTAND_PUBLIC_URL', SETTINGS.KICKSTAND_PUBLIC_URL),
    databaseUrl: absoluteDatabase(read('KICKSTAND_DATABASE_URL', SETTINGS.KICKSTAND_DATABASE_URL), root),
    basemap: absoluteBasemap(read('KICKSTAND_BASEMAP', SETTINGS.KICKSTAND_BASEMAP), root),
    demo: read('KICKSTAND_DEMO', SETTINGS.KICKSTAND_DEMO),
    metricsPort: read('KICKSTAND_METRICS_PORT', SETTINGS.KICKSTAND_METRICS_PORT),
    trustedProxies: read('KICKSTAND_TRUSTED_PROXIES', SETTINGS.KICKSTAND_TRUSTED_PROXIES),
    rateLimit: read('KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS', SETTINGS.KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS),
    reportLimit: read('KICKSTAND_LIMIT_REPORTS_PER_ADDRESS', SETTINGS.KICKSTAND_LIMIT_REPORTS_PER_ADDRESS),
    riderLimit: read('KICKSTAND_LIMIT_REPORTS_PER_RIDER', SETTINGS.KICKSTAND_LIMIT_REPORTS_PER_RIDER),
    contributionLimit: read(
      'KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER',
      SETTINGS.KICKSTAND_LIMIT_CONTRIBUTIONS_PER_RIDER,
    ),
    feedLimit: read('KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY', SETTINGS.KICKSTAND_LIMIT_BATCHES_PER_FEED_KEY),
    signInLimit: read('KICKSTAND_LIMIT_SIGN_INS_PER_ADDRESS', SETTINGS.KICKSTAND_LIMIT_SIGN_INS_PER_ADDRESS),
    streamsPerAddress: read('KICKSTAND_LIMIT_STREAMS_PER_ADDRESS', SETTINGS.KICKSTAND_LIMIT_STREAMS_PER_ADDRESS),
    requestSeconds: read('KICKSTAND_LIMIT_REQUEST_SECONDS', SETTINGS.KICKSTAND_LIMIT_REQUEST_SECONDS),
    bodyMb: read('KICKSTAND_LIMIT_BODY_MB', SETTINGS.KICKSTAND_LIMIT_BODY_MB),
    bodyMbPerAddress: read('KICKSTAND_LIMIT_BODY_MB_PER_ADDRESS', SETTINGS.KICKSTAND_LIMIT_BODY_MB_PER_ADDRESS),
    sessionIdleMinutes: read('KICKSTAND_SESSION_IDLE_MINUTES', SETTINGS.KICKSTAND_SESSION_IDLE_MINUTES),
    sessionDays: read('KICKSTAND_SESSION_DAYS', SETTINGS.KICKSTAND_SESSION_DAYS),
    smtpUrl: read('KICKSTAND_SMTP_URL', SETTINGS.KICKSTAND_SMTP_URL),
    mailFrom: read('KICKSTAND_MAIL_FROM', SETTINGS.KICKSTAND_MAIL_FROM),
    redisUrl: read('KICKSTAND_REDIS_URL', SETTINGS.KICKSTAND_REDIS_URL),
    roles: read('KICKSTAND_ROLES', SETTINGS.KICKSTAND_ROLES),
    feeds: absoluteFeeds(read('KICKSTAND_FEEDS', SETTINGS.KICKSTAND_FEEDS), root),
    profiles: resolve(root, 'feeds'),
    feedSecrets: Object.fromEntries(
      Object.entries(env).flatMap(([name, value]) =>
        name.startsWith('FEED_') && value !== undefined ? [[name, value]] : [],
      ),
    ),
    drainSeconds: read('KICKSTAND_DRAIN_SECONDS', SETTINGS.KICKSTAND_DRAIN_SECONDS),
    logLevel: read('KICKSTAND_LOG_LEVEL', SETTINGS.KICKSTAND_LOG_LEVEL),
  }
  if (errors.length > 0) throw new DomainError('invalid-config', errors.join('\n'))
  return config
}

function absoluteDatabase(url: string, root: string): string {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : ''
  return path === '' || path === ':memory:' ? url : `sqlite:${resolve(root, path)}`
}

function absoluteFeeds(setting: string, root: string): string {
  const parts = setting.split(',').map((part) => part.trim())
  return parts
    .filter((part) => part !== '')
    .map((part) => (part.endsWith('.json') || part.includes('/') ? resolve(root, part) : part))
    .join(',')
}

function absoluteBasemap(setting: string, root: string): string {
  return setting.endsWith('.pmtiles') && !/^https?:/.test(setting) ? resolve(root, setting) : setting
}

/** The text of `.env.example`: every setting with its description and default. */
export function envExample(): string {
  const lines = ['# Settings of Kickstand with their defaults. Copy to .env and change what you need.']
  for (const [name, setting] of Object.entries(SETTINGS)) {
    lines.push('', `# ${setting.about}`, `#${name}=${setting.fallback}`)
  }
  return `${lines.join('\n')}\n`
}
