import { paths } from '@kickstand/contract'
import { GUESS_LIMITS } from '@kickstand/domain'
import { softwareAuthenticator } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { startTestService } from '@kickstand/testkit/start-service'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { jobs } from '#features/accounts/jobs.ts'
import { expectProblem } from '../support/expect-problem.ts'
import {
  addPasskey,
  aPersonWithPassword,
  optionsFrom,
  originOf,
  PASSWORD,
  send,
  expectSignedIn,
  signIn,
} from '../support/sign-in.ts'
import { useService } from '../support/use-service.ts'

/** Addresses in different networks. */
const HOME = '198.51.100.7'
const ELSEWHERE = (n: number): string => `203.${n >> 8}.${n & 255}.7`
const RIGHT = { password: PASSWORD }
const WRONG = { password: 'not the password' }

forEachEngine((engine) => {
  const at = useService(engine, { env: { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' } })
  // Guesses without the 19 MiB of each: what is tested is how they are counted.
  beforeEach(async () => {
    await at().service.context.db.deleteFrom('sign_in_failures').execute()
    vi.spyOn(at().service.context.passwords, 'verify').mockImplementation((_hash, password) =>
      Promise.resolve(password === PASSWORD),
    )
  })
  afterEach(() => vi.restoreAllMocks())

  const attempt = async (email: string, address: string, more: Record<string, unknown>): Promise<Response> =>
    signIn(at(), { email, ...more }, { 'x-forwarded-for': address })
  async function fail(times: number, email: (n: number) => string, address: (n: number) => string): Promise<void> {
    for (let n = 0; n < times; n += 1)
      await expectProblem(await attempt(email(n), address(n), WRONG), 401, 'sign-in-failed')
  }
  async function expectLimited(answer: Response): Promise<number> {
    await expectProblem(answer, 429, 'rate-limited')
    const seconds = Number(answer.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    return seconds
  }

  describe('guessing', () => {
    it('at one account from one network waits longer and longer, also with the right password', async () => {
      const { email } = await aPersonWithPassword(at())
      await fail(
        GUESS_LIMITS.pair.free,
        () => email,
        () => HOME,
      )
      let wait = 0
      for (let n = 0; n < 4; n += 1) {
        const next = await expectLimited(await attempt(email, HOME, RIGHT))
        expect(next).toBeGreaterThan(wait)
        wait = next
        at().clock.advance(wait * 1000)
        await expectProblem(await attempt(email, HOME, WRONG), 401, 'sign-in-failed')
      }
      wait = await expectLimited(await attempt(email, HOME, RIGHT))
      at().clock.advance(wait * 1000)
      await expectSignedIn(await attempt(email, HOME, RIGHT))
      // A success forgets the failures of this pair.
      await fail(
        GUESS_LIMITS.pair.free,
        () => email,
        () => HOME,
      )
    })

    it('a thousand times at the same moment is no more than the limit allows', async () => {
      const { email } = await aPersonWithPassword(at())
      const answers = await Promise.all(Array.from({ length: 100 }, () => attempt(email, HOME, WRONG)))
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 401).length).toBe(GUESS_LIMITS.pair.free)
      expect(new Set(statuses)).toEqual(new Set([401, 429]))
    })

    it('is answered 503 while too many wait, before it reaches the database', async () => {
      const { passwords, db } = at().service.context
      const { promise: end, resolve } = Promise.withResolvers<void>()
      const others = Promise.allSettled(Array.from({ length: 200 }, () => passwords.inTurn(() => end)))
      await expectProblem(await attempt('nobody@example.org', HOME, WRONG), 503, 'overloaded')
      expect(await db.selectFrom('sign_in_failures').selectAll().execute()).toEqual([])
      resolve()
      await others
      await expectProblem(await attempt('nobody@example.org', HOME, WRONG), 401, 'sign-in-failed')
    })

    it('at an account that does not exist is limited alike', async () => {
      await fail(
        GUESS_LIMITS.pair.free,
        () => 'nobody@example.org',
        () => HOME,
      )
      await expectLimited(await attempt('nobody@example.org', HOME, WRONG))
    })

    it('at one account from many networks is limited, but not where the person is signed in', async () => {
      const { email } = await aPersonWithPassword(at())
      await expectSignedIn(await attempt(email, HOME, RIGHT))
      await fail(GUESS_LIMITS.account.free, () => email, ELSEWHERE)
      await expectLimited(await attempt(email, ELSEWHERE(999), WRONG))
      await expectSignedIn(await attempt(email, HOME, RIGHT))
      // That success has not opened the account to the others.
      await expectLimited(await attempt(email, ELSEWHERE(998), WRONG))
    })

    it('across accounts from one network is limited, and other networks are not', async () => {
      const { email } = await aPersonWithPassword(at())
      await fail(
        GUESS_LIMITS.network.free,
        (n) => `person${n}@example.org`,
        () => HOME,
      )
      await expectLimited(await attempt('another@example.org', HOME, WRONG))
      await expectLimited(await attempt(email, HOME, RIGHT))
      await expectSignedIn(await attempt(email, ELSEWHERE(1), RIGHT))
    })

    it('with stolen passwords from a thousand networks is limited for the whole installation', async () => {
      const { email } = await aPersonWithPassword(at())
      await expectSignedIn(await attempt(email, HOME, RIGHT))
      await fail(GUESS_LIMITS.all.free, (n) => `person${n}@example.org`, ELSEWHERE)
      await expectLimited(await attempt('another@example.org', ELSEWHERE(9999), WRONG))
      await expectSignedIn(await attempt(email, HOME, RIGHT))
    })

    it('leaves passkeys alone', async () => {
      const { email, cookie } = await aPersonWithPassword(at())
      const { authenticator } = await addPasskey(at(), cookie, softwareAuthenticator(originOf(at())))
      await fail(
        GUESS_LIMITS.pair.free,
        () => email,
        () => HOME,
      )
      await expectLimited(await attempt(email, HOME, RIGHT))
      const headers = { 'x-forwarded-for': HOME }
      const { challengeId, options } = await optionsFrom(at(), paths.signInPasskeyOptions())
      const body = { challengeId, response: authenticator.get(options) }
      await expectSignedIn(await send(at(), 'POST', paths.signInPasskey(), { body, headers }))
    })

    it('counts on every server', async () => {
      const { email } = await aPersonWithPassword(at())
      await fail(
        GUESS_LIMITS.pair.free,
        () => email,
        () => HOME,
      )
      const env = { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' }
      const other = await startTestService({ url: at().database.url, clock: at().clock.now, env })
      try {
        const body = { email, ...RIGHT }
        await expectLimited(await other.post(paths.signInPassword(), body, { 'x-forwarded-for': HOME }))
      } finally {
        await other.stop()
      }
    })

    it('is limited at a step-up, too', async () => {
      const { email, cookie } = await aPersonWithPassword(at())
      await fail(
        GUESS_LIMITS.pair.free,
        () => email,
        () => HOME,
      )
      const headers = { 'x-forwarded-for': HOME }
      await expectLimited(await send(at(), 'POST', paths.stepUp(), { cookie, body: RIGHT, headers }))
    })

    it('is forgotten after a day, and its rows are deleted', async () => {
      const { email } = await aPersonWithPassword(at())
      await fail(
        GUESS_LIMITS.pair.free,
        () => email,
        () => HOME,
      )
      at().clock.advance(GUESS_LIMITS.pair.forgetMs)
      await fail(
        1,
        () => email,
        () => HOME,
      )
      at().clock.advance(GUESS_LIMITS.pair.forgetMs + 1)
      const { db, config } = at().service.context
      for (const job of jobs({ db, clock: at().service.context.clock, config }))
        await job.run(new AbortController().signal)
      expect(await db.selectFrom('sign_in_failures').selectAll().execute()).toEqual([])
    })

    it('is counted in the metrics', async () => {
      const { email } = await aPersonWithPassword(at())
      const count = async (): Promise<string> => {
        const text = await at().service.context.metrics.registry.getSingleMetricAsString('kickstand_sign_ins_total')
        return /method="password",outcome="failed"} (\d+)/.exec(text)?.[1] ?? '0'
      }
      const before = Number(await count())
      await fail(
        2,
        () => email,
        () => HOME,
      )
      expect(Number(await count())).toBe(before + 2)
    })
  })
})
