import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AN_ACTOR } from '@kickstand/testkit'
import { createEventLog, createFeedKey, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'
import { paths, type ContributionCreatedBody, type ZoneBody } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { commandNames, runCommand } from '@kickstand/testkit/run-command'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { startTestService } from '@kickstand/testkit/start-service'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeEntry } from '#audit/write-entry.ts'
import { useService } from './support/use-service.ts'

/** Clears the screen, sets the clipboard and the title, reverses text, and forges lines. */
const HOSTILE =
  'x\u001b[2J\u001b]52;c;eA==\u0007\u001b]0;title\u0007\u009b31m\u202e\u2066\u200b\u{e0041}\u007f\r\nFORGED one\nFORGED two\u2028FORGED three\u0085FORGED four'
const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0001}-\u{e007f}]/u
const ZONE = 'zone000001'
const ORGANISATION = 'organisation00001'
const PLACE = { lat: 48.1, lng: 11.5 }
const RIDER = { authorization: 'Bearer secret-of-the-device-number-1' }

describe('text from riders, feeds and people in the output of commands', () => {
  const database = { url: '' }
  let folder = ''
  let contribution = ''

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ks-terminal-'))
    database.url = `sqlite:${folder}/kickstand.db`
    const service = await startTestService({ url: database.url })
    const { eventLog, tail } = service.service.context
    await seedZones(eventLog, [
      { id: ZONE, ...PLACE },
      { id: 'zone000002', ...PLACE },
    ])
    await tail.catchUp()
    const body = { field: 'name', value: 'New name', note: 'a note', position: PLACE }
    const answer = await service.post(paths.zoneContributions(ZONE), body, RIDER)
    contribution = ((await answer.json()) as ContributionCreatedBody).contribution?.id ?? ''
    await service.stop()
    await storeHostileTexts()
    await writeFile(
      path.join(folder, 'hostile.geojson'),
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', id: HOSTILE, geometry: null, properties: { name: HOSTILE, capacity: HOSTILE } },
          {
            type: 'Feature',
            id: 'b',
            geometry: { type: 'Point', coordinates: [7, 43] },
            properties: { name: HOSTILE, capacity: HOSTILE },
          },
        ],
      }),
    )
    await writeFile(
      path.join(folder, 'legacy.json'),
      JSON.stringify({
        parkingZones: { [HOSTILE]: { name: HOSTILE, capacity: HOSTILE, [HOSTILE]: 1 } },
        userReports: { r: { zoneId: HOSTILE, reportType: HOSTILE } },
        users: { [HOSTILE]: { email: HOSTILE, [HOSTILE]: 1 } },
        reportImages: { [HOSTILE]: { reportId: HOSTILE, imageUrl: HOSTILE } },
      }),
    )
    await writeFile(path.join(folder, 'returned.txt'), HOSTILE)
    await mkdir(path.join(folder, 'pictures'))
    await symlink('/dev/null', path.join(folder, 'pictures', HOSTILE.replaceAll('/', '_')))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  /** Writes hostile texts to the database, as an older version may have stored them. */
  async function storeHostileTexts(): Promise<void> {
    const opened = await openDatabase(database.url, systemClock)
    const log = createEventLog(opened, systemClock, newId(), sleep)
    await createFeedKey({ ...opened, clock: systemClock, actor: AN_ACTOR }, 'test-city', 'label')
    await log.commit(async (tx) => {
      const object = { kind: 'thing', id: HOSTILE }
      const change = {
        action: 'zones:join',
        object,
        before: HOSTILE,
        after: { [HOSTILE]: HOSTILE },
        reason: HOSTILE,
      }
      await writeEntry(tx, { clock: systemClock, actor: { kind: 'command', name: HOSTILE } }, change)
      await tx.updateTable('zones').set({ name: HOSTILE }).execute()
      await tx
        .updateTable('contribution_votes')
        .set({ note: HOSTILE, value: JSON.stringify(HOSTILE) })
        .execute()
      await tx
        .updateTable('contributions')
        .set({ value: JSON.stringify(HOSTILE), reason: HOSTILE })
        .execute()
      await tx.updateTable('sources').set({ name: HOSTILE, attribution: HOSTILE, licence: HOSTILE }).execute()
      await tx
        .updateTable('zone_sources')
        .set({ ref: sql`ref || ${HOSTILE}`, facts: JSON.stringify({ ...PLACE, name: HOSTILE }) })
        .execute()
      const account = { id: newId(), email: 'hostile@example.org', language: 'en', roles: '', created_at: 1 }
      await tx
        .insertInto('accounts')
        .values({ ...account, name: HOSTILE, suspended_at: 1, suspension_reason: HOSTILE })
        .execute()
      const use = { verified_at: 1, has_second_factor: 0, created_at: systemClock(), used_at: systemClock() }
      await tx
        .insertInto('sessions')
        .values({ id: newId(), hash: 'x', account_id: account.id, device: HOSTILE, network: HOSTILE, ...use })
        .execute()
      await tx.insertInto('organisations').values({ id: ORGANISATION, name: HOSTILE, created_at: 1 }).execute()
      const membership = { organisation_id: ORGANISATION, account_id: account.id, created_at: 1 }
      await tx
        .insertInto('memberships')
        .values({ ...membership, role: 'owner' })
        .execute()
      await tx.updateTable('tokens').set({ name: HOSTILE }).execute()
      const proposed = { id: newId(), email: HOSTILE, name: HOSTILE, language: 'en', roles: HOSTILE, created_at: 1 }
      await tx.insertInto('accounts').values(proposed).execute()
      await tx
        .insertInto('predecessor_people')
        .values({
          id: newId(),
          source: 'legacy',
          account_id: proposed.id,
          user_ref: HOSTILE,
          rider_id: null,
          state: 'joined',
          proposes_admin: 1,
          wave: null,
          imported_at: 1,
          invited_at: null,
          ended_at: 1,
          opt_out_hash: null,
          mail_id: null,
        })
        .execute()
      const decision = { verdict: 'rejected', decided_by: HOSTILE, reason: HOSTILE, at: 1 }
      await tx
        .insertInto('decisions')
        .values({ id: newId(), subject: `contribution:${contribution}`, ...decision })
        .execute()
      await tx
        .insertInto('match_reviews')
        .values({
          id: 'mhostile00000',
          source_a: 'test-city',
          ref_a: `node/${ZONE}${HOSTILE}`,
          source_b: 'test-city',
          ref_b: `node/zone000002${HOSTILE}`,
          score: 0.5,
          reasons: JSON.stringify([{ what: 'name', weight: 1, text: HOSTILE }]),
          state: 'open',
          created_at: 1,
          decided_by: null,
          decided_at: null,
        })
        .execute()
      const side = {
        attempted_at: 1,
        succeeded_at: 1,
        newest_at: 1,
        failures: 1,
        error: HOSTILE,
        rows_taken: 1,
        rows_rejected: 1,
        rows_impossible: 0,
        zones: 1,
        lost_at: null,
        frozen_at: null,
        validators: '{}',
      }
      await tx
        .insertInto('feed_channels')
        .values([
          { feed_id: 'test-city', channel: 'static', ...side },
          { feed_id: 'test-city', channel: 'live', ...side },
        ])
        .execute()
      await tx
        .insertInto('mails')
        .values({
          id: 'mhostile00000',
          kind: 'invitation',
          recipient: HOSTILE,
          subject: HOSTILE,
          text: HOSTILE,
          html: HOSTILE,
          state: 'waiting',
          attempts: 1,
          next_attempt_at: 1,
          error: HOSTILE,
          created_at: 1,
          finished_at: null,
        })
        .execute()
      await tx
        .insertInto('sensors')
        .values({
          feed_id: 'test-city',
          ref: HOSTILE,
          zone_id: ZONE,
          last_at: 1,
          counted_at: 1,
          value: HOSTILE,
          stored_at: 1,
          since_at: 1,
          spells: 0,
          longest: 0,
          rejected: 1,
          rejected_at: 1,
          error: HOSTILE,
          frozen_at: null,
          implausible_at: null,
        })
        .execute()
    })
    await opened.close()
  }

  /** Commands that print stored text, with arguments. */
  const TEXT_COMMANDS: Record<string, readonly (readonly string[])[]> = {
    import: [
      ['hostile.geojson', '--supply', 'motorcycle', '--dry-run'],
      ['hostile.geojson', '--supply', 'motorcycle', '--dry-run', '--json'],
      ['legacy', 'legacy.json', '--people', '--pictures', 'pictures', '--dry-run'],
      ['legacy', 'people', 'status'],
      ['legacy', 'people', 'status', '--json'],
      ['legacy', 'people', 'bounced', 'returned.txt'],
      ['legacy', 'invite', '--wave', '1', '--limit', '10', '--id', HOSTILE],
    ],
    feeds: [
      ['list', 'test-city'],
      ['list', '--json'],
      ['check', HOSTILE],
    ],
    keys: [['list'], ['list', '--json']],
    tokens: [
      ['list'],
      ['list', '--json'],
      ['create', '--scope', HOSTILE],
      ['revoke', HOSTILE],
      ['roll', 'x', '--overlap', HOSTILE],
    ],
    review: [
      ['list'],
      ['list', '--json'],
      ['show', 'contribution:FACT'],
      ['show', 'contribution:FACT', '--json'],
      ['show', 'match:mhostile00000'],
      ['show', `contribution:${HOSTILE}`],
    ],
    sources: [
      ['remove', 'test-city', '--dry-run'],
      ['remove', 'test-city', '--dry-run', '--json'],
      ['remove', HOSTILE],
      ['undo', HOSTILE],
    ],
    audit: [['list'], ['list', '--json'], ['list', '--object', HOSTILE], ['export'], ['verify']],
    accounts: [
      ['list'],
      ['list', '--json'],
      ['show', 'hostile@example.org'],
      ['show', 'hostile@example.org', '--json'],
      ['sessions', 'hostile@example.org'],
      ['sessions', 'hostile@example.org', '--json'],
      ['show', HOSTILE],
      ['list', '--role', HOSTILE],
      ['roles', 'hostile@example.org', '--reason', 'x', '--set', HOSTILE],
      ['suspend', 'hostile@example.org', '--reason', HOSTILE],
    ],
    mail: [['list'], ['list', '--json'], ['show', 'mhostile00000'], ['show', HOSTILE]],
    organisations: [
      ['list'],
      ['list', '--json'],
      ['show', ORGANISATION],
      ['show', HOSTILE],
      ['members', ORGANISATION],
      ['members', ORGANISATION, '--json'],
      ['invite', ORGANISATION, HOSTILE, '--role', 'viewer'],
      ['remove-member', ORGANISATION, HOSTILE],
    ],
    zones: [
      ['why', ZONE],
      ['why', HOSTILE],
    ],
  }
  /** Commands that print only figures, names of tables and processes, or what a person typed at another command. */
  const OTHER_COMMANDS = [
    'serve',
    'move',
    'bench',
    'eval',
    'topology',
    'load',
    'scores',
    'demo',
    'doctor',
    'migrate',
    'access',
    'readiness',
    'sign-on',
  ]

  it('is checked for every command', async () => {
    const names = await commandNames()
    expect(names.length).toBeGreaterThan(10)
    expect(names.toSorted()).toEqual([...Object.keys(TEXT_COMMANDS), ...OTHER_COMMANDS].toSorted())
  })

  it.each(Object.keys(TEXT_COMMANDS))('is escaped by kickstand %s and forges no line', async (command) => {
    let hostile = 0
    for (const given of TEXT_COMMANDS[command]) {
      const args = given.map((one) => one.replace('FACT', contribution))
      const { stdout, stderr } = await runCommand([command, ...args], { databaseUrl: database.url, cwd: folder })
      expect(stdout + stderr, args.join(' ')).not.toBe('')
      for (const line of `${stdout}${stderr}`.split('\n')) {
        expect(line, args.join(' ')).not.toMatch(HIDDEN)
        expect(line, args.join(' ')).not.toMatch(/^\s*FORGED/)
      }
      if (args.includes('--json')) JSON.parse(stdout)
      if (`${stdout}${stderr}`.includes('\\u202e')) hostile += 1
    }
    // The command must have printed a hostile text. Otherwise the checks prove nothing.
    expect(hostile).toBeGreaterThan(0)
  })
})

forEachEngine((engine) => {
  const at = useService(engine, { zones: [{ id: ZONE, ...PLACE, name: null }] })

  it('names and notes of riders are stored without hidden characters, and a name of only such characters is rejected', async () => {
    const { db } = at().service.context.database
    const send = (value: string, note?: string) =>
      at().post(paths.zoneContributions(ZONE), { field: 'name', value, note }, RIDER)
    expect((await send(`Bay ${HOSTILE}`.slice(0, 90), HOSTILE)).status).toBe(201)
    const vote = await db.selectFrom('contribution_votes').select(['value', 'note']).executeTakeFirstOrThrow()
    expect(JSON.parse(vote.value ?? '')).toBe(
      'Bay x [2J ]52;c;eA== ]0;title 31m FORGED one FORGED two FORGED three FORGED four',
    )
    expect(vote.note).not.toMatch(HIDDEN)
    expect(vote.note).toContain('FORGED four')
    expect((await send('\u202e\u200b\u001b')).status).toBe(400)
    expect((await send('پارکینگ موتور\u200cها 🧑🏽\u200d🔧', '\u200b')).status).toBe(201)
    const kept = await db.selectFrom('contribution_votes').select(['value', 'note']).executeTakeFirstOrThrow()
    expect([JSON.parse(kept.value ?? ''), kept.note]).toEqual(['پارکینگ موتور\u200cها 🧑🏽\u200d🔧', null])
    const missing = { lat: 40, lng: 11, name: 'Rack\u0007 \u202eone', note: 'by\nthe\u001b[2J church' }
    const proposed = await at().post(paths.zones(), missing, RIDER)
    expect(await proposed.json()).toMatchObject({ contribution: { value: { name: 'Rack one' } } })
    const notes = await db.selectFrom('contribution_votes').select('note').where('field', '=', 'exists').execute()
    expect(notes).toEqual([{ note: 'by the [2J church' }])
    expect(((await (await at().get(paths.zone(ZONE))).json()) as ZoneBody).name).toBeNull()
  })
})
