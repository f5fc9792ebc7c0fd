import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createEventLog, inspectContents, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'
import { findMariadb, freshDatabase, runStatement, startMariadb, type Mariadb } from '@kickstand/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#db/open-database.ts'

/** A certificate for `localhost` of a test CA, and the certificate of that CA. */
function makeCertificates(folder: string): void {
  const run = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const subject = (name: string): string[] => ['-subj', `/CN=${name}`, '-nodes', '-newkey', 'rsa:2048']
  run('req', '-x509', '-days', '2', ...subject('authority'), '-keyout', 'ca.key', '-out', 'ca.pem')
  run('req', '-x509', '-days', '2', ...subject('stranger'), '-keyout', 'other.key', '-out', 'other.pem')
  run('req', ...subject('localhost'), '-keyout', 'key.pem', '-out', 'request.pem')
  writeFileSync(path.join(folder, 'names'), 'subjectAltName=DNS:localhost')
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2']
  run('x509', '-req', '-in', 'request.pem', ...signing, '-out', 'cert.pem')
}

describe.skipIf(findMariadb() === null)('on a private MariaDB', () => {
  let folder: string
  let server: Mariadb
  let place: { readonly url: string }

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'ks-tls-'))
    makeCertificates(folder)
    server = await startMariadb({ options: [`--ssl-cert=${folder}/cert.pem`, `--ssl-key=${folder}/key.pem`] })
    place = await freshDatabase(server.url)
  })
  afterAll(async () => {
    await server.stop()
    rmSync(folder, { recursive: true })
  })

  async function withDatabase<T>(options: string, work: (database: Database) => Promise<T>): Promise<T> {
    const database = await openDatabase(`${place.url.replace('127.0.0.1', 'localhost')}?${options}`, systemClock)
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  }

  async function cipher({ db }: Database): Promise<string> {
    const { rows } = await sql<{ Value: string }>`show session status like 'Ssl_cipher'`.execute(db)
    return rows[0]?.Value ?? ''
  }

  it.each(['verify-full&ssl-ca=ca.pem', 'verify-ca&ssl-ca=ca.pem', 'required'])(
    'TLS is used with ssl-mode=%s',
    async (mode) => {
      const options = `ssl-mode=${mode.replace('ca.pem', `${folder}/ca.pem`)}`
      expect(await withDatabase(options, cipher)).toMatch(/TLS|AES|CHACHA/)
    },
  )

  it('TLS is not used by default', async () => {
    expect(await withDatabase('', cipher)).toBe('')
  })

  it.each(['ssl-mode=verify-full', 'ssl-ca=other.pem', 'ssl-mode=verify-ca&ssl-ca=other.pem'])(
    'a server without a valid certificate is rejected with a one-line message with %s',
    async (mode) => {
      const options = mode.replace('other.pem', `${folder}/other.pem`)
      await expect(withDatabase(options, cipher)).rejects.toMatchObject({
        code: 'database-unavailable',
        message: expect.stringMatching(/TLS connection .*ssl-ca/),
      })
    },
  )

  it('a slow statement times out, unless timeouts are disabled', async () => {
    await withDatabase('statement-seconds=1', async ({ db, engine, withoutTimeout }) => {
      const long = sql`select count(*) from information_schema.columns a, information_schema.columns b where sleep(3) = 0 limit 1`
      const error: unknown = await long.execute(db).catch((reason: unknown) => reason)
      expect(engine.isOverload(error)).toBe(true)
      const { rows } = await withoutTimeout((slow) =>
        sql<{ limited: number }>`select @@max_statement_time as limited`.execute(slow),
      )
      expect(rows[0]?.limited).toBe(0)
    })
  })

  it('the queue for connections is bounded', async () => {
    await withDatabase('pool=1&queue=2', async ({ db }) => {
      const asked = await Promise.allSettled([1, 2, 3, 4].map(() => sql`select sleep(0.5)`.execute(db)))
      expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
      expect(asked[3]).toMatchObject({ reason: { code: 'overloaded' } })
    })
  })

  it('old and idle connections are closed', async () => {
    await withDatabase('pool=3&idle-seconds=1&lifetime-seconds=1', async ({ db }) => {
      const ids = async (): Promise<number[]> => {
        const asked = [1, 2, 3].map(() => sql<{ id: number }>`select connection_id() as id, sleep(0.05)`.execute(db))
        return (await Promise.all(asked)).map(({ rows }) => rows[0]?.id ?? 0)
      }
      const first = await ids()
      await sleep(1_200)
      await ids()
      const later = await ids()
      expect(later.filter((id) => first.includes(id))).toEqual([])
    })
  })

  it('deadlocks between two servers are retried until both have written everything', async () => {
    await withDatabase('', async (one) =>
      withDatabase('', async (other) => {
        await one.db
          .insertInto('riders')
          .values(['a', 'b'].map((id) => ({ id, created_at: 0 })))
          .execute()
        const logs = [one, other].map((database) => createEventLog(database, systemClock, newId(), sleep))
        const both = logs.map(async (log, i) => {
          for (let n = 0; n < 20; n += 1) {
            await log.commit(async (tx, append) => {
              for (const id of i === 0 ? ['a', 'b'] : ['b', 'a']) {
                await tx
                  .updateTable('riders')
                  .set(({ eb }) => ({ created_at: eb('created_at', '+', 1) }))
                  .where('id', '=', id)
                  .execute()
                await sleep(5)
              }
              append({ type: 'sources' })
            })
          }
        })
        await Promise.all(both)
        const rows = await one.db.selectFrom('riders').select('created_at').where('id', 'in', ['a', 'b']).execute()
        expect(rows.map(({ created_at }) => created_at)).toEqual([40, 40])
        const [status] = await runStatement(server.url, `show global status like 'Innodb_deadlocks'`)
        expect(Number(status?.Value), 'there were deadlocks').toBeGreaterThan(0)
      }),
    )
  })

  it('names server settings that may lose data', async () => {
    expect((await inspectContents(place.url)).weaknesses).toEqual([])
    await runStatement(server.url, 'set global innodb_flush_log_at_trx_commit = 2')
    await runStatement(server.url, 'set global max_allowed_packet = 1048576')
    expect((await inspectContents(place.url)).weaknesses).toEqual([
      expect.stringMatching(/innodb_flush_log_at_trx_commit = 2, expected 1: a crash loses up to a second of reports/),
      expect.stringMatching(/max_allowed_packet = 1048576/),
    ])
  })
})
