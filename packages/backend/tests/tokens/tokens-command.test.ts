import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { runCommand, type Ran } from '@kickstand/testkit/run-command'
import { describe, expect, it } from 'vitest'
import { anOrganisation } from '../support/people.ts'
import { useService } from '../support/use-service.ts'

const TEXT = /^ks_live_[\w-]{43}_[0-9a-f]{8}$/

type Made = { readonly id: string; readonly token: string }

forEachEngine((engine) => {
  describe('kickstand tokens', () => {
    const at = useService(engine)

    const run = (...args: string[]): Promise<Ran> => runCommand(args, { databaseUrl: at().database.url })
    async function json(...args: string[]): Promise<unknown> {
      const { code, stdout, stderr } = await run(...args, '--json')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      return JSON.parse(stdout)
    }
    const statusOf = async (organisationId: string, token: string): Promise<number> =>
      (await at().get(paths.tokens(organisationId), { authorization: `Bearer ${token}` })).status

    it('creates, lists, rolls and revokes tokens of an organisation', async () => {
      const organisationId = await anOrganisation(at())
      const ofIt = ['--organisation', organisationId]
      const scopes = ['--scope', 'tokens:read', '--scope', 'zones:write']
      const bounds = ['--network', '127.0.0.0/8', '--expires', '2099-01-31', '--name', 'gate 3']
      const made = (await json('tokens', 'create', ...ofIt, ...scopes, ...bounds)) as Made
      expect(Object.keys(made)).toEqual(['id', 'token'])
      expect(made.token).toMatch(TEXT)
      expect(await statusOf(organisationId, made.token)).toBe(200)
      expect(await json('tokens', 'list', ...ofIt)).toMatchObject({
        tokens: [
          {
            id: made.id,
            name: 'gate 3',
            organisationId,
            scopes: ['tokens:read', 'zones:write'],
            networks: ['127.0.0.0/8'],
            createdBy: null,
            expiresAt: '2099-01-31T00:00:00.000Z',
            state: 'active',
          },
        ],
      })
      const rolled = (await json('tokens', 'roll', made.id)) as Made
      // The service learns of it within half a second. The command has the clock of the machine.
      at().clock.advance(Date.now() - at().clock.now())
      await expect.poll(() => statusOf(organisationId, made.token), { timeout: 1_000 }).toBe(401)
      expect(await statusOf(organisationId, rolled.token)).toBe(200)
      expect(await json('tokens', 'revoke', rolled.id)).toEqual({ revoked: rolled.id })
      await expect.poll(() => statusOf(organisationId, rolled.token), { timeout: 1_000 }).toBe(401)
      const entries = (await json('audit', 'list')) as { entries: { action: string; actor: { kind: string } }[] }
      expect(entries.entries.map(({ action, actor }) => [action, actor.kind])).toEqual([
        ['tokens:revoke', 'command'],
        ['tokens:roll', 'command'],
        ['tokens:create', 'command'],
      ])
    })

    it('creates tokens of feeds, for which keys is the short form', async () => {
      const made = (await json('tokens', 'create', '--scope', 'readings:write', '--feed', 'my-city')) as Made
      const { code, stdout } = await run('keys', 'create', 'my-city', '--label', 'gate 4')
      expect(code).toBe(0)
      const [key] = stdout.split('\n')
      expect(stdout).toContain('short form of: npx kickstand tokens create --scope readings:write --feed my-city')
      for (const token of [made.token, key]) {
        const body = { readings: [{ ref: 'B-17', kind: 'count', value: 4, at: '2026-03-04T12:00:00Z' }] }
        const headers = { authorization: `Bearer ${token}` }
        expect((await at().post(paths.feedReadings('my-city'), body, headers)).status).toBe(200)
        expect((await at().post(paths.feedReadings('other-city'), body, headers)).status).toBe(403)
      }
    })
  })
})

describe('kickstand tokens create', () => {
  it.each<[string, string[], string]>([
    [
      'an unknown organisation',
      ['--organisation', '0000000000000000a', '--scope', 'zones:write'],
      'no such organisation',
    ],
    ['no scope', [], '--scope'],
    ['an unknown scope', ['--scope', 'everything'], '--scope everything is no scope'],
    ['a scope of people', ['--scope', 'members:write'], '--scope members:write is no scope'],
    ['readings without a feed', ['--scope', 'readings:write'], '/feedId'],
    ['a feed without readings', ['--scope', 'zones:write', '--feed', 'my-city'], '/feedId'],
    ['a feed that cannot be', ['--scope', 'readings:write', '--feed', 'My City'], '/feedId'],
    ['a network that is none', ['--scope', 'zones:write', '--network', '10.0.0.1'], '/networks/0'],
    ['an end that is no time', ['--scope', 'zones:write', '--expires', 'tomorrow'], '--expires tomorrow'],
    ['a day that does not exist', ['--scope', 'zones:write', '--expires', '2099-02-31T00:00:00Z'], '--expires'],
    ['an end in the past', ['--scope', 'zones:write', '--expires', '2020-01-01'], '/expiresAt'],
  ])('rejects %s in one line', async (_, args, text) => {
    const { code, stdout, stderr } = await runCommand(['tokens', 'create', ...args, '--json'], {
      databaseUrl: 'sqlite::memory:',
    })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(text)
    expect(stderr).not.toContain('    at ')
  })
})
