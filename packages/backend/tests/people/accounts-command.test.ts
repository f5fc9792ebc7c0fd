import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import path from 'node:path'
import { openDatabase, systemClock, type Database } from '@kickstand/backend'
import { runCommand, type Ran } from '@kickstand/testkit/run-command'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listEntries } from '#audit/list-entries.ts'
import { insertAccount } from '#features/accounts/people/account-store.ts'
import { openSession } from '#features/accounts/sessions/open-session.ts'
import { newId } from '#platform/ids.ts'
import { A_BROWSER } from '../support/people.ts'

const ANNA = 'anna@example.org'
const BEN = 'ben@example.org'

let folder = ''
let database: Database

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ks-accounts-'))
  database = await openDatabase(`sqlite:${folder}/kickstand.db`, systemClock)
  const ids = [newId(), newId()]
  await database.db.transaction().execute(async (tx) => {
    for (const [i, email] of [ANNA, BEN].entries())
      await insertAccount(tx, { id: ids[i] ?? '', email, name: email, language: 'en', roles: '', created_at: 1 })
    await openSession(tx, { clock: systemClock, newId }, ids[0] ?? '', { hasSecondFactor: true, origin: A_BROWSER })
  })
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

function kickstand(...args: readonly string[]): Promise<Ran> {
  const env = { KICKSTAND_PUBLIC_URL: 'https://parking.example' }
  return runCommand(['accounts', ...args], { databaseUrl: `sqlite:${folder}/kickstand.db`, env })
}
async function json(...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await kickstand(...args, '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout)
}
const actions = async () => (await listEntries(database.db, { limit: 100 })).map(({ action }) => action).toReversed()

it('kickstand accounts creates admins, changes accounts and erases them, with one entry each', async () => {
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string
  const created = await json('create-admin', 'new@example.org')
  const setup = expect.stringMatching(/^https:\/\/parking\.example\/console\/setup#[\w-]{43}$/) as string
  expect(created).toEqual({ link: setup, expiresAt: time })
  expect(await json('create-admin', ANNA)).toMatchObject({ link: null, account: {} })
  expect(await json('recover', BEN)).toEqual({
    link: expect.stringMatching(/^https:\/\/parking\.example\/console\/recovery#[\w-]{43}$/) as string,
    expiresAt: time,
  })
  expect(await json('roles', BEN, '--set', 'admin', '--set', 'moderator', '--reason', 'new')).toMatchObject({
    roles: ['moderator', 'admin'],
  })
  expect(await json('show', ' ANNA@example.org')).toMatchObject({ email: ANNA, roles: ['admin'] })
  expect(await json('sessions', ANNA)).toMatchObject({ sessions: [{ device: 'Firefox, Linux' }] })
  expect(await json('sessions', ANNA, '--end')).toEqual({ ended: 1 })
  const suspended = await json('suspend', BEN, '--reason', 'on leave', '--until', '2999-01-01')
  expect(suspended).toMatchObject({ suspension: { reason: 'on leave', until: '2999-01-01T00:00:00.000Z' } })
  expect(await json('list', '--state', 'suspended')).toMatchObject({ accounts: [{ email: BEN }] })
  expect(await json('restore', BEN)).toMatchObject({ suspension: null })
  expect(await json('erase', BEN, '--reason', 'asked for it')).toMatchObject({
    erased: expect.stringMatching(/^\w{17}$/) as string,
  })
  expect(await actions()).toEqual([
    'links:create',
    'accounts:change-roles',
    'accounts:recovery',
    'accounts:change-roles',
    'accounts:end-sessions',
    'accounts:suspend',
    'accounts:restore',
    'accounts:erase',
  ])
  const [last] = await listEntries(database.db, { limit: 1 })
  expect(last?.actor).toEqual({ kind: 'command', name: userInfo().username })
})

it('kickstand accounts says in one line what is wrong, with exit code 2', async () => {
  const wrong: [readonly string[], RegExp][] = [
    [['roles', ANNA, '--set', 'none', '--reason', 'x'], /last admin/],
    [['suspend', ANNA, '--reason', 'x'], /last admin/],
    [['erase', ANNA, '--reason', 'x'], /last admin/],
    [['show', 'nobody@example.org'], /no account with the e-mail address nobody@example.org/],
    [['show', 'nobody'], /must be an e-mail address/],
    [['roles', ANNA, '--set', 'owner', '--reason', 'x'], /--set owner is no list of roles/],
    [['suspend', ANNA, '--reason', 'x', '--until', 'tomorrow'], /--until tomorrow is no time/],
  ]
  const before = await actions()
  const ran = await Promise.all(wrong.map(([args]) => kickstand(...args)))
  for (const [i, [args, message]] of wrong.entries()) {
    const { code, stdout, stderr } = ran[i] ?? { code: 0, stdout: '', stderr: '' }
    expect({ code, stdout }, args.join(' ')).toEqual({ code: 2, stdout: '' })
    expect(stderr.split('\n')[0], args.join(' ')).toMatch(message)
  }
  expect(await actions()).toEqual(before)
})
