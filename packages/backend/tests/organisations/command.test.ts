import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { runCommand, type Ran } from '@kickstand/testkit/run-command'
import { expect, it } from 'vitest'
import { listEntries } from '#audit/list-entries.ts'
import { secretOf } from '../support/person.ts'
import { useService } from '../support/use-service.ts'

forEachEngine((engine) => {
  const at = useService(engine)

  const kickstand = (...args: string[]): Promise<Ran> =>
    runCommand(['organisations', ...args], { databaseUrl: at().database.url })

  async function json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await kickstand(...args, '--json')
    expect([code, stderr]).toEqual([0, ''])
    return JSON.parse(stdout) as T
  }

  it('the command creates an organisation and lets a person join and leave it', async () => {
    const { id } = await json<{ id: string }>('create', 'City of\tTest')
    expect(await json('list', '--name', 'city OF')).toMatchObject({ organisations: [{ id, name: 'City of Test' }] })
    expect(await json('list', '--name', '%')).toEqual({ organisations: [] })
    const { link } = await json<{ link: string }>('invite', id, 'Anna@Example.org', '--role', 'attendant')
    expect(link).toMatch(/^http:\/\/localhost:\d+\/console\/invitation#[\w-]{43}$/)
    // Commands use the clock of the machine, and the service of this test its own.
    at().clock.advance(Date.now() - at().clock.now())
    const input = { secret: secretOf(link), name: 'Anna', password: 'plum-tram-violet-94' }
    expect((await at().post(paths.linkAccept(), input)).status).toBe(200)
    expect(await json('members', id)).toMatchObject({
      members: [{ name: 'Anna', email: 'anna@example.org', role: 'attendant', hasSecondFactor: false }],
    })
    expect(await json('rename', id, 'Town')).toMatchObject({ id, name: 'Town', members: 1, version: 2 })
    expect(await json('show', id)).toMatchObject({ name: 'Town' })
    await json('remove-member', id, 'ANNA@example.org', '--reason', 'moved away')
    expect(await json('members', id)).toEqual({ members: [] })
    const entries = (await listEntries(at().service.context.db, { limit: 100 })).filter(
      (one) => one.organisationId === id,
    )
    expect(entries.map(({ action, actor, reason }) => [action, actor.kind, reason])).toEqual([
      ['members:remove', 'command', 'moved away'],
      ['organisations:change', 'command', null],
      ['accounts:create', 'link', null],
      ['invitations:create', 'command', null],
      ['organisations:create', 'command', null],
    ])
  })

  it.each([
    ['an organisation that does not exist', ['show', '00000000000000000'], 'no such organisation'],
    ['a role that does not exist', ['invite', '00000000000000000', 'a@example.org', '--role', 'king'], 'is not a role'],
    ['a name without visible characters', ['create', '\u200b'], 'visible characters'],
  ])('the command rejects %s in one line', async (_name, args, message) => {
    const { code, stdout, stderr } = await kickstand(...args, '--json')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.split('\n')[0]).toContain(message)
  })
})
