import path from 'node:path'
import {
  createEventLog,
  importSnapshot,
  newId,
  openDatabase,
  sleep,
  systemClock,
  zoneIdFor,
  type Database,
} from '@kickstand/backend'
import { AN_ACTOR, aSource, aSourceZone } from '@kickstand/testkit'
import { startTestService } from '@kickstand/testkit/start-service'

/** Where commands run. `db`: of the database at `url`, which they use. */
export type Place = {
  readonly folder: string
  readonly url: string
  readonly db: Database['db']
  /** The URL of another, empty database. */
  openOther(): Promise<string>
  run(args: readonly string[]): Promise<void>
}

type Args = (place: Place, prepared: string) => readonly string[]

/** A call that changes something, and one that fails. */
type Sample = {
  /** Files in the folder, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** Makes what the command needs. Its result is the second argument of the others. */
  readonly prepare?: (place: Place) => Promise<string>
  readonly args: Args
  readonly failing: Args
  readonly action: string
  /** The URL of the database with the entry, where it is not the one that commands use. */
  readonly entryIn?: (prepared: string) => string
}

const CSV = 'id,lat,lng,capacity\na,43.5,7.25,7\nb,43.6,7.25,9\n'
const LEGACY = JSON.stringify({
  parkingZones: { z1: { name: 'Row', location: { _latitude: 37.79, _longitude: -122.39 }, capacity: 12 } },
})

/** Imports a source with one zone, which is the zone of another source too if there is one at this place. */
async function withSource(place: Place, id: string, lat: number): Promise<string> {
  const database = await openDatabase(place.url, systemClock)
  try {
    const eventLog = createEventLog(database, systemClock, newId(), sleep)
    const deps = { db: database.db, eventLog, clock: systemClock, actor: AN_ACTOR }
    await importSnapshot(deps, { source: aSource({ id }), rows: [aSourceZone({ lat, lng: 9 }, 'one')] })
    return zoneIdFor(id, 'one')
  } finally {
    await database.close()
  }
}

/** A contribution of a rider that waits for a decision. Returns its id. */
async function aContribution(place: Place, value: number): Promise<string> {
  const zone = await withSource(place, `reviewed-${value}`, 50 + value / 100)
  const service = await startTestService({ url: place.url })
  const address = `/v1/zones/${zone}/contributions`
  const rider = { authorization: `Bearer secret-of-the-device-number-${value}` }
  const answer = await service.post(address, { field: 'capacity', value }, rider)
  const { contribution } = (await answer.json()) as { contribution: { id: string } }
  await service.stop()
  return contribution.id
}

/** An account with an open session. Returns its e-mail address. */
async function anAccount({ db }: Place, suspendedAt: number | null = null): Promise<string> {
  const id = newId()
  const now = systemClock()
  const email = `${id}@example.org`
  await db
    .insertInto('accounts')
    .values({
      id,
      email,
      name: 'Anna',
      language: 'en',
      roles: '',
      created_at: now,
      suspended_at: suspendedAt,
      password_hash: null,
      totp_secret: null,
      totp_pending: null,
      suspended_until: null,
      suspension_reason: null,
    })
    .execute()
  await db
    .insertInto('sessions')
    .values({
      id,
      hash: id,
      account_id: id,
      has_second_factor: 0,
      verified_at: now,
      device: '',
      network: '',
      created_at: now,
      used_at: now,
    })
    .execute()
  return email
}

const NOBODY = 'nobody@example.org'

async function anOrganisation({ db, run }: Place, name: string): Promise<string> {
  await run(['organisations', 'create', name])
  return (await db.selectFrom('organisations').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id
}

async function aToken({ db, run }: Place, name: string): Promise<string> {
  await run(['tokens', 'create', '--scope', 'zones:write', '--name', name])
  return (await db.selectFrom('tokens').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id
}

/** Every command that changes something; several ways to use one have a note in parentheses. */
export const CHANGES: Readonly<Record<string, Sample>> = {
  import: {
    files: { 'motos.csv': CSV },
    args: ({ folder }) => ['import', path.join(folder, 'motos.csv')],
    failing: ({ folder }) => ['import', path.join(folder, 'nothing.csv')],
    action: 'sources:import',
  },
  'import legacy': {
    files: { 'legacy.json': LEGACY },
    args: ({ folder }) => ['import', 'legacy', path.join(folder, 'legacy.json')],
    failing: ({ folder }) => ['import', 'legacy', path.join(folder, 'nothing.json')],
    action: 'legacy-imports:create',
  },
  'import legacy (rollback)': {
    files: { 'legacy-b.json': LEGACY },
    async prepare({ folder, run }) {
      await run(['import', 'legacy', path.join(folder, 'legacy-b.json'), '--id', 'legacy-b'])
      return 'legacy-b'
    },
    args: (_, id) => ['import', 'legacy', '--rollback', id],
    failing: () => ['import', 'legacy', '--rollback', 'legacy-nothing'],
    action: 'legacy-imports:undo',
  },
  'feeds run': {
    files: {
      'own.json': JSON.stringify({
        id: 'own',
        name: 'Own feed',
        licence: 'CC0-1.0',
        attribution: 'Own',
        trust: 'community',
        static: { address: './own.csv' },
        ref: 'id',
        fields: { lat: 'lat', lng: 'lng', capacity: 'capacity' },
      }),
      'own.csv': CSV.replaceAll('43.', '44.'),
    },
    args: ({ folder }) => ['feeds', 'run', path.join(folder, 'own.json'), '--channel', 'static'],
    failing: ({ folder }) => [
      'feeds',
      'run',
      path.join(folder, 'own.json'),
      '--file',
      path.join(folder, 'nothing.csv'),
    ],
    action: 'sources:import',
  },
  'keys create': {
    args: () => ['keys', 'create', 'gates'],
    failing: () => ['keys', 'create', 'No Feed'],
    action: 'tokens:create',
  },
  'keys revoke': {
    async prepare({ db, run }) {
      await run(['keys', 'create', 'gates', '--label', 'to revoke'])
      return (await db.selectFrom('tokens').select('id').where('name', '=', 'to revoke').executeTakeFirstOrThrow()).id
    },
    args: (_, id) => ['keys', 'revoke', id],
    failing: (_, id) => ['keys', 'revoke', id],
    action: 'tokens:revoke',
  },
  'tokens create': {
    args: () => ['tokens', 'create', '--scope', 'zones:write'],
    failing: () => ['tokens', 'create', '--scope', 'accounts:write'],
    action: 'tokens:create',
  },
  'tokens revoke': {
    prepare: (place) => aToken(place, 'revoked'),
    args: (_, id) => ['tokens', 'revoke', id],
    failing: (_, id) => ['tokens', 'revoke', id],
    action: 'tokens:revoke',
  },
  'tokens roll': {
    prepare: (place) => aToken(place, 'rolled'),
    args: (_, id) => ['tokens', 'roll', id],
    failing: () => ['tokens', 'roll', 'nothing'],
    action: 'tokens:roll',
  },
  'accounts create-admin': {
    args: () => ['accounts', 'create-admin', 'first@example.org'],
    failing: () => ['accounts', 'create-admin', 'no address'],
    action: 'links:create',
  },
  'accounts recover': {
    prepare: (place) => anAccount(place),
    args: (_, email) => ['accounts', 'recover', email],
    failing: () => ['accounts', 'recover', NOBODY],
    action: 'accounts:recovery',
  },
  'accounts roles': {
    prepare: (place) => anAccount(place),
    args: (_, email) => ['accounts', 'roles', email, '--set', 'support', '--reason', 'a test'],
    failing: () => ['accounts', 'roles', NOBODY, '--set', 'support', '--reason', 'a test'],
    action: 'accounts:change-roles',
  },
  'accounts suspend': {
    prepare: (place) => anAccount(place),
    args: (_, email) => ['accounts', 'suspend', email, '--reason', 'a test'],
    failing: () => ['accounts', 'suspend', NOBODY, '--reason', 'a test'],
    action: 'accounts:suspend',
  },
  'accounts restore': {
    prepare: (place) => anAccount(place, 1),
    args: (_, email) => ['accounts', 'restore', email],
    failing: () => ['accounts', 'restore', NOBODY],
    action: 'accounts:restore',
  },
  'accounts sessions': {
    prepare: (place) => anAccount(place),
    args: (_, email) => ['accounts', 'sessions', email, '--end'],
    failing: () => ['accounts', 'sessions', NOBODY, '--end'],
    action: 'accounts:end-sessions',
  },
  'accounts erase': {
    prepare: (place) => anAccount(place),
    args: (_, email) => ['accounts', 'erase', email, '--reason', 'a test'],
    failing: (_, email) => ['accounts', 'erase', email, '--reason', 'a test'],
    action: 'accounts:erase',
  },
  'organisations create': {
    args: () => ['organisations', 'create', 'City of Test'],
    failing: () => ['organisations', 'create', ' '],
    action: 'organisations:create',
  },
  'organisations rename': {
    prepare: (place) => anOrganisation(place, 'City to rename'),
    args: (_, id) => ['organisations', 'rename', id, 'City of Test, renamed'],
    failing: () => ['organisations', 'rename', '0'.repeat(17), 'City of Test'],
    action: 'organisations:change',
  },
  'organisations invite': {
    prepare: (place) => anOrganisation(place, 'City that invites'),
    args: (_, id) => ['organisations', 'invite', id, 'invited@example.org', '--role', 'viewer'],
    failing: (_, id) => ['organisations', 'invite', id, 'no address', '--role', 'viewer'],
    action: 'invitations:create',
  },
  'organisations remove-member': {
    async prepare(place) {
      const id = await anOrganisation(place, 'City with a member')
      const email = await anAccount(place)
      const account_id = email.slice(0, email.indexOf('@'))
      await place.db
        .insertInto('memberships')
        .values({ organisation_id: id, account_id, role: 'viewer', created_at: systemClock() })
        .execute()
      return `${id} ${email}`
    },
    args: (_, names) => ['organisations', 'remove-member', ...names.split(' ')],
    failing: (_, names) => ['organisations', 'remove-member', ...names.split(' ')],
    action: 'members:remove',
  },
  migrate: {
    async prepare({ db }) {
      // The newest step can be run again.
      const { number } = await db
        .selectFrom('schema_migrations')
        .select(({ fn }) => fn.max('number').as('number'))
        .executeTakeFirstOrThrow()
      await db.deleteFrom('schema_migrations').where('number', '=', number).execute()
      return ''
    },
    args: () => ['migrate'],
    failing: () => ['migrate', '--nothing'],
    action: 'schemas:migrate',
  },
  move: {
    async prepare(place) {
      const from = await place.openOther()
      await (await openDatabase(from, systemClock)).close()
      return `${from} ${await place.openOther()}`
    },
    args: (_, urls) => ['move', '--from', urls.split(' ')[0], '--to', urls.split(' ')[1]],
    // The target is not empty any more.
    failing: (_, urls) => ['move', '--from', urls.split(' ')[0], '--to', urls.split(' ')[1]],
    action: 'databases:move',
    entryIn: (urls) => urls.split(' ')[1],
  },
  'demo make': {
    args: () => ['demo', 'make', '--zones', '3', '--force'],
    failing: () => ['demo', 'make', '--zones', 'many'],
    action: 'demos:create',
  },
  'demo remove': {
    async prepare({ run }) {
      await run(['demo', 'make', '--zones', '3', '--force'])
      return ''
    },
    args: () => ['demo', 'remove'],
    failing: () => ['demo', 'remove', '--nothing'],
    action: 'demos:remove',
  },
  'zones join': {
    async prepare(place) {
      return `${await withSource(place, 'join-a', 51)} ${await withSource(place, 'join-b', 52)}`
    },
    args: (_, ids) => ['zones', 'join', ...ids.split(' ')],
    failing: (_, ids) => ['zones', 'join', ...ids.split(' ')],
    action: 'zones:join',
  },
  'zones split': {
    async prepare(place) {
      const id = await withSource(place, 'split-a', 53)
      await withSource(place, 'split-b', 53)
      return id
    },
    args: (_, id) => ['zones', 'split', id, 'split-b'],
    failing: (_, id) => ['zones', 'split', id, 'split-b'],
    action: 'zones:split',
  },
  'sources remove': {
    prepare: (place) => withSource(place, 'removed', 54),
    args: () => ['sources', 'remove', 'removed'],
    failing: () => ['sources', 'remove', 'nothing'],
    action: 'sources:remove',
  },
  'sources undo': {
    prepare: (place) => withSource(place, 'undone', 55),
    args: () => ['sources', 'undo', 'undone'],
    failing: () => ['sources', 'undo', 'undone'],
    action: 'sources:undo',
  },
  'review accept': {
    prepare: (place) => aContribution(place, 1),
    args: (_, id) => ['review', 'accept', `contribution:${id}`],
    failing: () => ['review', 'accept', 'contribution:nothing00'],
    action: 'reviews:accept',
  },
  'review reject': {
    prepare: (place) => aContribution(place, 2),
    args: (_, id) => ['review', 'reject', `contribution:${id}`],
    failing: () => ['review', 'reject', 'contribution:nothing00'],
    action: 'reviews:reject',
  },
  'review undo': {
    async prepare(place) {
      const id = await aContribution(place, 3)
      const { rider_id } = await place.db
        .selectFrom('contributions')
        .select('rider_id')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return rider_id
    },
    args: (_, rider) => ['review', 'undo', '--rider', rider],
    failing: () => ['review', 'undo', '--rider', 'nobodyatall00'],
    action: 'reviews:undo',
  },
}

const READS = 'reads only'
/** These need a whole provider or import around them. Each change there writes an entry, which the named test checks. */
const TESTED_IN = (test: string): string => `tested in packages/backend/tests/${test}`
const MEASURES = 'works on data of its own'
const STARTS = 'starts and stops processes; what they change, they audit'

/** Every other command, with the reason why it writes no audit entry. */
export const NO_CHANGES: Readonly<Record<string, string>> = {
  serve: STARTS,
  'feeds check': READS,
  'sign-on set': TESTED_IN('single-sign-on.test.ts'),
  'sign-on show': READS,
  'sign-on remove': TESTED_IN('single-sign-on.test.ts'),
  'import legacy invite': TESTED_IN('import-predecessor/people.test.ts'),
  'import legacy people status': READS,
  'import legacy people bounced': TESTED_IN('import-predecessor/people.test.ts'),
  'feeds list': READS,
  'keys list': READS,
  'tokens list': READS,
  'accounts list': READS,
  'accounts show': READS,
  'organisations list': READS,
  'organisations show': READS,
  'organisations members': READS,
  'mail list': READS,
  'mail show': READS,
  'demo status': READS,
  doctor: READS,
  readiness: READS,
  'zones why': READS,
  'review list': READS,
  'review show': READS,
  scores: READS,
  access: READS,
  'audit list': READS,
  'audit export': READS,
  'audit verify': READS,
  'topology up': STARTS,
  'topology status': READS,
  'topology restart': STARTS,
  'topology down': STARTS,
  bench: MEASURES,
  eval: MEASURES,
  load: 'sends reports of riders, which are their own record',
}
