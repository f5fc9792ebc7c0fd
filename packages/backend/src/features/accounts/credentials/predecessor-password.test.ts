import { hashSync } from 'bcryptjs'
import { describe, expect, it } from 'vitest'
import { isPredecessorHash, verifyPredecessorPassword } from './predecessor-password.ts'

const COST = 4

describe('a password of the predecessor', () => {
  it.each(['secret of ada', 'пароль', 'e\u0301', '🏍️'])('%s is accepted, and another one is not', async (password) => {
    const hash = hashSync(password, COST)
    expect(isPredecessorHash(hash)).toBe(true)
    expect(await verifyPredecessorPassword(hash, password)).toBe(true)
    expect(await verifyPredecessorPassword(hash, `${password}x`)).toBe(false)
    expect(await verifyPredecessorPassword(hash, '')).toBe(false)
  })

  it.each(['2a', '2b', '2y'])('is accepted with the prefix %s', async (prefix) => {
    const hash = hashSync('secret', COST).replace(/^\$2b/, `$${prefix}`)
    expect(await verifyPredecessorPassword(hash, 'secret')).toBe(true)
  })

  it('counts up to its 72nd byte, as there', async () => {
    const hash = hashSync('a'.repeat(72), COST)
    expect(await verifyPredecessorPassword(hash, 'a'.repeat(100))).toBe(true)
    expect(await verifyPredecessorPassword(hash, 'a'.repeat(71))).toBe(false)
  })

  it('is rejected with `overloaded` while too many are verified', async () => {
    const hash = hashSync('secret', COST)
    const all = await Promise.allSettled(Array.from({ length: 13 }, () => verifyPredecessorPassword(hash, 'secret')))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(11)
    expect(all.at(-1)).toMatchObject({ reason: { code: 'overloaded' } })
  })
})

it('an argon2id hash is none of the predecessor', () => {
  expect(isPredecessorHash('$argon2id$v=19$m=19456,t=2,p=1$abc$def')).toBe(false)
})
