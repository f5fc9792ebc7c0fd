import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort, serviceEnvironment } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { SERVER_MAIN } from '@kickstand/testkit/spawn-service'
import { testSettings } from '@kickstand/testkit/start-service'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '#db/open-database.ts'
import type { Db } from '#db/schema.ts'

type Ended = { readonly code: number | null; readonly stderr: string }

/** Starts the real server with these settings and waits until it exits. */
async function start(settings: Record<string, string>): Promise<Ended> {
  const env = serviceEnvironment({ ...testSettings('sqlite::memory:'), ...settings })
  const server = spawn(process.execPath, [SERVER_MAIN], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const hanging = setTimeout(() => server.kill('SIGKILL'), 50_000)
  let stderr = ''
  server.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(server, 'close')) as [number | null]
  clearTimeout(hanging)
  return { code, stderr }
}

const SERVE_EACH = path.join(import.meta.dirname, 'processes/serve-each.ts')

/** The same for settings that the server rejects before it opens anything, all in one process. */
async function startEach(settings: readonly Record<string, string>[]): Promise<Ended[]> {
  const all = settings.map((some) => ({ ...testSettings('sqlite::memory:'), ...some }))
  const args = [SERVE_EACH, JSON.stringify(all)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: serviceEnvironment() })
  return JSON.parse(stdout) as Ended[]
}

const ADDRESSES = ['postgres://127.0.0.1/x', 'sqlite:', 'mariadb://127.0.0.1', 'kickstand.db']

const INVALID: readonly (readonly [Record<string, string>, RegExp])[] = [
  [{ KICKSTAND_PROT: '80' }, /KICKSTAND_PROT is not a setting/],
  [{ KICKSTAND_PORT: 'http' }, /KICKSTAND_PORT: expected a whole number from 0 to 65535, got "http"/],
  [{ KICKSTAND_PORT: '' }, /KICKSTAND_PORT: expected a whole number/],
  [{ KICKSTAND_ENV: 'prod' }, /KICKSTAND_ENV: expected one of development, production, test, got "prod"/],
  [{ KICKSTAND_TRUSTED_PROXIES: '10.0.0.0/8,everyone' }, /KICKSTAND_TRUSTED_PROXIES.*everyone/],
  [{ KICKSTAND_TRUSTED_PROXIES: '10.0.0.0/99' }, /KICKSTAND_TRUSTED_PROXIES.*10\.0\.0\.0\/99/],
]

/** Every setting that names a file, a folder, a profile or another server, with every kind of error. */
const FILES: readonly (readonly [setting: string, names: string, message: RegExp])[] = [
  ['KICKSTAND_BASEMAP', 'none.pmtiles', /KICKSTAND_BASEMAP.*none\.pmtiles/],
  ['KICKSTAND_BASEMAP', 'file', /KICKSTAND_BASEMAP.*file is not a PMTiles archive/],
  ['KICKSTAND_BASEMAP', 'feeds', /KICKSTAND_BASEMAP.*feeds is not a file/],
  ['KICKSTAND_BASEMAP', 'feeds/empty.pmtiles', /KICKSTAND_BASEMAP.*empty\.pmtiles is not a PMTiles archive/],
  ['KICKSTAND_FEEDS', 'none.json', /KICKSTAND_FEEDS: Cannot read the profile .*none\.json/],
  ['KICKSTAND_FEEDS', 'no-folder/', /KICKSTAND_FEEDS: Cannot read the profile/],
  ['KICKSTAND_FEEDS', 'feeds/broken.json', /KICKSTAND_FEEDS: The profile .*broken\.json is not valid JSON/],
  ['KICKSTAND_FEEDS', 'feeds', /KICKSTAND_FEEDS: The profile .*broken\.json is not valid JSON/],
  ['KICKSTAND_FEEDS', 'feeds/file.json', /KICKSTAND_FEEDS: The profile .*file\.json is not usable: .*\/ must have/],
  ['KICKSTAND_FEEDS', 'feeds/file.json/below.json', /KICKSTAND_FEEDS: Cannot read the profile/],
  ['KICKSTAND_FEEDS', 'still.json', /KICKSTAND_FEEDS: the profile .*still\.json" has no address/],
  ['KICKSTAND_FEEDS', 'live.json,live.json', /KICKSTAND_FEEDS names two feeds with the id "live"/],
]

const OTHERS: readonly (readonly [setting: string, value: string, message: RegExp])[] = [
  ['KICKSTAND_FEEDS', 'nope', /KICKSTAND_FEEDS: There is no profile "nope"/],
  ['KICKSTAND_FEEDS', 'sf-unmetered', /KICKSTAND_FEEDS: the profile "sf-unmetered" has no address/],
  ['KICKSTAND_BASEMAP', 'ftp://maps.example/tiles.json', /KICKSTAND_BASEMAP.*is not an http\(s\) address/],
  ['KICKSTAND_REDIS_URL', 'localhost', /KICKSTAND_REDIS_URL: expected redis:/],
  ['KICKSTAND_REDIS_URL', 'http://u:secret@localhost', /^kickstand: KICKSTAND_REDIS_URL: expected redis:[^@]*$/],
  ['KICKSTAND_DATABASE_URL', 'mariadb://u:p@127.0.0.1/k?ssl-ca=/no/ca.pem', /ssl-ca, \/no\/ca\.pem, cannot be read/],
  ['KICKSTAND_PUBLIC_URL', 'parking', /KICKSTAND_PUBLIC_URL: expected an address such as/],
]

/** Expects exit code 2 and one line that begins with `kickstand:`, matches `message`, and has no stack. */
function expectOneLine({ code, stderr }: Ended, message: RegExp): void {
  expect(stderr).toMatch(message)
  expect(stderr).toMatch(/^kickstand: .+\n$/)
  expect(stderr).not.toMatch(/\n\s+at /)
  expect(code).toBe(2)
}

describe('the server prints in one line why it cannot start, and exits 2:', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'ks-start-'))
    mkdirSync(path.join(folder, 'feeds'))
    symlinkSync(path.join(folder, 'loop'), path.join(folder, 'loop'))
    writeFileSync(path.join(folder, 'feeds/empty.pmtiles'), '')
    writeFileSync(path.join(folder, 'feeds/broken.json'), '{"id": ')
    writeFileSync(path.join(folder, 'feeds/file.json'), '{}')
    const profile = { id: 'still', name: 'Still', licence: 'CC0-1.0', attribution: 'Nobody', trust: 'official' }
    const live = { address: 'https://feed.example/live.json' }
    for (const [name, more] of Object.entries({ still: {}, live: { live } })) {
      writeFileSync(path.join(folder, `${name}.json`), JSON.stringify({ ...profile, id: name, ...more }))
    }
    writeFileSync(path.join(folder, 'file'), 'not a database, but long enough to look like one might. '.repeat(40))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(['KICKSTAND_PORT', 'KICKSTAND_METRICS_PORT'])('the port of %s is in use', async (setting) => {
    const port = await freePort()
    const holder = createServer().listen(port, '127.0.0.1')
    await once(holder, 'listening')
    try {
      expectOneLine(await start({ [setting]: String(port) }), new RegExp(`${port}.* is in use.*${setting}`))
    } finally {
      holder.close()
    }
  })

  it('an address that is not of this machine', async () => {
    expectOneLine(await start({ KICKSTAND_HOST: '203.0.113.7' }), /203\.0\.113\.7 is not an address of this machine/)
  })

  it.each([
    [
      'two levels below a file',
      'file/below/kickstand.db',
      /file\/below.*cannot be created: part of the path is a file.*KICKSTAND_DATABASE_URL/,
    ],
    ['below a file', 'file/kickstand.db', /cannot be created: part of the path is a file/],
    ['with a long name', `${'a'.repeat(300)}/kickstand.db`, /cannot be created: a name in the path is too long/],
    ['behind a circle of links', 'loop/below/kickstand.db', /cannot be created: links in the path lead in a circle/],
    ['in place of the file', '', /is a folder\. Set KICKSTAND_DATABASE_URL to a file in it/],
  ])('an impossible folder: %s', async (_what, below, message) => {
    expectOneLine(await start({ KICKSTAND_DATABASE_URL: `sqlite:${folder}/${below}` }), message)
  })

  it('a folder that cannot be created', async () => {
    const ended = await start({ KICKSTAND_DATABASE_URL: 'sqlite:/proc/none/kickstand.db' })
    expectOneLine(ended, /\/proc\/none\/kickstand\.db cannot be created/)
  })

  it('a file that is not a database', async () => {
    expectOneLine(await start({ KICKSTAND_DATABASE_URL: `sqlite:${folder}/file` }), /is not a Kickstand database/)
  })

  it('a database server that does not answer', async () => {
    const url = `mariadb://u:secret@127.0.0.1:${await freePort()}/kickstand`
    const ended = await start({ KICKSTAND_DATABASE_URL: url })
    expectOneLine(ended, /No MariaDB responds at 127\.0\.0\.1.*ECONNREFUSED/)
    expect(ended.stderr).not.toContain('secret')
  })

  it('all invalid settings, one per line', async () => {
    const { code, stderr } = await start({
      KICKSTAND_PORT: '-1',
      KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS: 'x',
      KICKSTAND_MODE: 'fast',
    })
    expect(code).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(3)
    for (const name of ['KICKSTAND_PORT', 'KICKSTAND_LIMIT_REQUESTS_PER_ADDRESS', 'KICKSTAND_MODE'])
      expect(stderr).toContain(name)
  })

  it('a host that is not known', async () => {
    const ended = await start({ KICKSTAND_HOST: 'no-such-host.invalid' })
    expectOneLine(ended, /no-such-host\.invalid is not a known host/)
  })

  describe('before it opens anything', () => {
    const databaseOf = (setting: string, value: string): string =>
      path.join(folder, `${setting}-${value.replaceAll(/\W/g, '')}.db`)
    const settingsOfFiles = (setting: string, names: string): Record<string, string> => {
      const value = names.split(',').map((name) => `${folder}/${name}`)
      return { [setting]: value.join(',') }
    }
    const settingsOfOther = (setting: string, value: string): Record<string, string> => ({
      KICKSTAND_DATABASE_URL: `sqlite:${databaseOf(setting, value)}`,
      [setting]: value,
    })

    const ends = new Map<string, Ended>()
    beforeAll(async () => {
      const all = [
        ...ADDRESSES.map((url) => ({ KICKSTAND_DATABASE_URL: url })),
        ...INVALID.map(([settings]) => settings),
        ...FILES.map(([setting, names]) => settingsOfFiles(setting, names)),
        ...OTHERS.map(([setting, value]) => settingsOfOther(setting, value)),
      ]
      for (const [i, ended] of (await startEach(all)).entries()) ends.set(JSON.stringify(all[i]), ended)
    })
    const endOf = (settings: Record<string, string>): Ended =>
      ends.get(JSON.stringify(settings)) ?? { code: null, stderr: '' }

    it.each(ADDRESSES)('the database address %s', (url) => {
      const ended = endOf({ KICKSTAND_DATABASE_URL: url })
      expectOneLine(ended, /KICKSTAND_DATABASE_URL.*expected .*mariadb:\/\/user/)
    })

    it.each(INVALID)('the setting %o', (settings, message) => {
      expectOneLine(endOf(settings), message)
    })

    it.each(FILES)('%s=%s', (setting, names, message) => {
      expectOneLine(endOf(settingsOfFiles(setting, names)), message)
    })

    it.each(OTHERS)('%s=%s', (setting, value, message) => {
      expectOneLine(endOf(settingsOfOther(setting, value)), message)
      // Errors in settings are found before the database is created.
      expect(existsSync(databaseOf(setting, value))).toBe(false)
    })
  })
})

forEachEngine((engine) => {
  it('a database of a newer version: the server prints one line and exits 2', async () => {
    const place = await engine.open()
    const { db, close } = connectDatabase(place.url)
    await db.insertInto('schema_migrations').values({ number: 999, name: 'of-tomorrow', applied_at: 0 }).execute()
    await close()
    expectOneLine(await start({ KICKSTAND_DATABASE_URL: place.url }), /migrated by a newer Kickstand \(schema 999/)
    await place.dispose()
  })

  /** Starts the server on a database after `change`. `isOurs`: the database has the schema of Kickstand before. */
  async function startOn(isOurs: boolean, change: (db: Db) => Promise<unknown>): Promise<Ended> {
    const place = await (isOurs ? engine.open() : engine.openEmpty())
    const database = connectDatabase(place.url)
    await change(database.db)
    await database.close()
    const ended = await start({ KICKSTAND_DATABASE_URL: place.url })
    await place.dispose()
    return ended
  }
  const make = (name: string, column: string) => async (db: Db) =>
    sql`create table ${sql.table(name)} (${sql.ref(column)} int)`.execute(db)

  it.each([
    ['of another program', 'bookmarks', 'url', /tables of another program \(bookmarks\)/],
    ['of another program with the same table names', 'zones', 'region', /tables of another program \(zones\)/],
    ['of another program with its own migrations', 'schema_migrations', 'version', /tables of another program/],
  ])('a database %s: the server prints one line and exits 2', async (_what, name, column, message) => {
    expectOneLine(await startOn(false, make(name, column)), message)
  })

  it('a database that lost a table or a column: the server prints one line and exits 2', async () => {
    const noTable = await startOn(true, (db) => sql`drop table photos`.execute(db))
    expectOneLine(noTable, /is damaged: it lacks the table photos\. Restore it from a backup/)
    const noColumn = await startOn(true, (db) => sql`alter table sources drop column match_distance`.execute(db))
    expectOneLine(noColumn, /is damaged: it lacks the column sources\.match_distance/)
  })
})
