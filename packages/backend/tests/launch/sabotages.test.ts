import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { GATE_KINDS, isOpen, type Evidence, type FigureValue, type GateStatus } from '@kickstand/domain'
import { AN_ACTOR } from '@kickstand/testkit'
import { startTestService } from '@kickstand/testkit/start-service'
import { seedZones } from '@kickstand/testkit/seed-zones'
import BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordReader } from '#app/read-records.ts'
import { sealEntries } from '#audit/seal-entries.ts'
import { writeEntry } from '#audit/write-entry.ts'
import { insertAccount } from '#features/accounts/people/account-store.ts'
import { evidenceFile, readEvidence, writeEvidence } from '#features/launch/evidence-files.ts'
import { measureReadiness } from '#features/launch/measure-readiness.ts'
import { readCommit } from '#features/launch/read-commit.ts'
import { readDefinitions } from '#features/launch/read-definitions.ts'
import { newId } from '#platform/ids.ts'
import { copyOfRelease, type CopyOfRelease } from './sabotage/copy-of-release.ts'
import { fileOf, writeSuites } from './sabotage/healthy-evidence.ts'
import { readSabotages, type Change, type Sabotage } from './sabotage/sabotage-file.ts'

const ROOT = path.resolve(import.meta.dirname, '../../../..')
const HOUR_MS = 60 * 60_000
const SABOTAGES = readSabotages(ROOT)
/** The files to copy are listed by git. An unpacked archive has no list. */
const IS_REPOSITORY = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: ROOT }).status === 0

let copy: CopyOfRelease
let folder = ''
let redBefore: readonly string[] = []
/** Evidence of the quick measurements without a sabotage. */
const quickBefore = new Map<string, Evidence>()
const database = (): string => path.join(folder, 'installation.db')

/** An installation with a zone, an admin with a second factor, a feed, jobs and an audit log; a healthy one. */
async function makeInstallation(file: string): Promise<void> {
  const service = await startTestService({ url: `sqlite:${file}`, env: { KICKSTAND_ROLES: 'api' } })
  const { db, database: opened, eventLog } = service.service.context
  const now = Date.now()
  await seedZones(eventLog, [{ id: 'a-zone' }])
  await db.transaction().execute(async (tx) => {
    const account = {
      id: newId(),
      email: 'ada@example.org',
      name: 'Ada',
      language: 'en',
      roles: 'admin',
      created_at: now,
    }
    await insertAccount(tx, account)
    await tx.updateTable('accounts').set({ totp_secret: 'a secret' }).execute()
    for (const id of ['a', 'b', 'c']) {
      const object = { kind: 'thing', id }
      await writeEntry(
        tx,
        { actor: AN_ACTOR, clock: Date.now },
        { action: 'zones:join', object, before: null, after: null, reason: null },
      )
    }
    await tx
      .insertInto('feed_channels')
      .values({
        feed_id: 'a-city',
        channel: 'live',
        attempted_at: now,
        succeeded_at: now,
        newest_at: now,
        failures: 0,
        error: null,
        rows_taken: 5,
        rows_rejected: 0,
        rows_impossible: 0,
        zones: 5,
        lost_at: null,
        frozen_at: null,
        validators: '{}',
      })
      .execute()
    await tx.insertInto('jobs').values({ name: 'a-job', due_at: now, holder: null, lease_expires_at: 0 }).execute()
  })
  await sealEntries(opened)
  await service.stop()
}

/** The gates that are open in the copy. */
async function redGates(now: () => number = Date.now): Promise<string[]> {
  const deps = { root: copy.root, clock: now, readRecord: recordReader(`sqlite:${database()}`, now), isRehearsal: true }
  const { areas } = await measureReadiness(deps, { level: 'could', kinds: GATE_KINDS })
  return areas.flatMap(({ gates }) => gates.filter(isOpen).map(({ gate }) => gate.id))
}

/** The same from the command of the copy, whose code a sabotage has changed. */
function redGatesOfCommand(): string[] {
  const env = { PATH: process.env['PATH'], KICKSTAND_DATABASE_URL: `sqlite:${database()}` }
  const args = ['apps/cli/src/main.ts', 'readiness', '--json']
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: copy.root,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (stdout === '') throw new Error(`readiness printed nothing: ${stderr}`)
  const { areas } = JSON.parse(stdout) as { areas: { gates: { id: string; status: GateStatus }[] }[] }
  return areas.flatMap(({ gates }) => gates.filter(isOpen).map(({ id }) => id))
}

/**
 * What each quick measurement reads. Of one that reads none of the changed files the evidence of before is taken: running it again for
 * each sabotage would cost seconds and find the same.
 */
const READS: Readonly<Record<string, RegExp>> = {
  'api-description': /^(packages|docs\/api)\//,
  'permissions-table': /^(packages|docs\/admin)\//,
  documents: /./,
  licences: /^package/,
  quality: /^(packages|apps|bench|eval|ops|tools)\//,
}

function keepUnconcerned(changed: readonly string[]): void {
  const commit = readCommit(copy.root).id
  for (const [id, evidence] of quickBefore) {
    if (changed.some((file) => READS[id]?.test(file) ?? true)) continue
    writeEvidence(evidenceFile(copy.root, commit, id), { ...evidence, commit })
  }
}

/** Applies the changes; returns by how many milliseconds the clock moves. */
function apply(changes: readonly Change[]): number {
  const figures = new Map<string, Readonly<Record<string, FigureValue>>>()
  let moved = 0
  for (const change of changes) {
    if ('remove' in change) copy.removeFile(change.remove)
    else if ('edit' in change) copy.editFile(change.edit, change.find, change.replace)
    else if ('figures' in change) figures.set(change.figures, change.set)
    else if ('sql' in change) changeDatabase(change.sql)
    else if ('clockHours' in change) moved = change.clockHours * HOUR_MS
  }
  writeSuites(copy.root, readDefinitions(copy.root), Date.now(), figures)
  keepUnconcerned(
    changes.flatMap((change) => ('edit' in change ? change.edit : 'remove' in change ? change.remove : [])),
  )
  for (const change of changes) {
    if ('unmeasured' in change) rmSync(fileOf(copy.root, change.unmeasured))
    if ('handEdited' in change) {
      const file = fileOf(copy.root, change.handEdited)
      writeFileSync(file, readFileSync(file, 'utf8').replace('"seconds": 0', '"seconds": 1'))
    }
  }
  return moved
}

function changeDatabase(sql: string): void {
  const db = new BetterSqlite3(database())
  const { changes } = db.prepare(sql).run()
  db.close()
  if (changes === 0) throw new Error(`the statement changes nothing: ${sql}`)
}

beforeAll(async () => {
  if (!IS_REPOSITORY) return
  folder = mkdtempSync(path.join(tmpdir(), 'ks-installation-'))
  await makeInstallation(path.join(folder, 'healthy.db'))
  copyFileSync(path.join(folder, 'healthy.db'), database())
  copy = copyOfRelease()
  writeSuites(copy.root, readDefinitions(copy.root), Date.now())
  redBefore = await redGates()
  for (const id of Object.keys(READS)) {
    const { evidence } = readEvidence([fileOf(copy.root, id)])
    if (evidence !== null) quickBefore.set(id, evidence)
  }
}, 180_000)

afterAll(() => {
  if (!IS_REPOSITORY) return
  copy.dispose()
  rmSync(folder, { recursive: true })
})

describe.skipIf(!IS_REPOSITORY)('without a sabotage (needs git)', () => {
  it('only gates that people fill are red', () => {
    const { gates } = readDefinitions(ROOT)
    expect(redBefore.toSorted()).toEqual(
      gates
        .filter(({ kind }) => kind === 'human')
        .map(({ id }) => id)
        .toSorted(),
    )
  })
})

describe.skipIf(!IS_REPOSITORY)('a sabotage turns exactly its gates red (needs git)', () => {
  it('and there are enough of them, some from somebody who has not read the gates', () => {
    expect(SABOTAGES.length).toBeGreaterThanOrEqual(12)
    expect(SABOTAGES.filter(({ author }) => author === 'outside').length).toBeGreaterThanOrEqual(5)
    expect(new Set(SABOTAGES.map(({ id }) => id)).size).toBe(SABOTAGES.length)
  })

  it.each(SABOTAGES)('$id: $title', { timeout: 120_000 }, async ({ changes, red }: Sabotage) => {
    for (const file of ['', '-wal', '-shm']) if (existsSync(database() + file)) rmSync(database() + file)
    copyFileSync(path.join(folder, 'healthy.db'), database())
    copy.reset()
    const moved = apply(changes)
    const changesCode = changes.some((change) => 'edit' in change && change.edit.startsWith('packages/'))
    const open = changesCode ? redGatesOfCommand() : await redGates(() => Date.now() + moved)
    const measured = open.filter((id) => !redBefore.includes(id))
    expect(measured.toSorted()).toEqual(red.toSorted())
  })
})
