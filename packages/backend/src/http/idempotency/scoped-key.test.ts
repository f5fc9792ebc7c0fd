import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requireSameWrite, scopeKey, type Namespace } from './scoped-key.ts'

const NAMESPACES: readonly Namespace[] = ['reports', 'contributions', 'readings']
const principal = fc.stringMatching(/^[0-9a-z]{1,17}$/)
const text = fc.stringMatching(/^[\x21-\x7e]{1,200}$/)

describe('a scoped key', () => {
  it('is the same for the same namespace, principal and text, and different for any other', () => {
    const one = fc.record({ namespace: fc.constantFrom(...NAMESPACES), principal, text })
    fc.assert(
      fc.property(one, one, (a, b) => {
        const [first, second] = [a, b].map((given) => scopeKey(given.namespace, given.principal, given.text))
        const isSame = a.principal === b.principal && a.text === b.text && a.namespace === b.namespace
        expect(first?.namespace === second?.namespace && first?.id === second?.id).toBe(isSame)
        expect(scopeKey(a.namespace, a.principal, a.text)).toEqual(first)
      }),
    )
  })

  it('of principals that differ is different, also for the same text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMESPACES), principal, principal, text, (namespace, a, b, key) => {
        fc.pre(a !== b)
        expect(scopeKey(namespace, a, key)?.id).not.toBe(scopeKey(namespace, b, key)?.id)
      }),
    )
  })

  it('is null without a key', () => {
    expect(scopeKey('reports', 'rider', null)).toBeNull()
  })
})

describe('a stored answer is sent again', () => {
  it.each([
    ['to its principal, for its payload', 'rider1', 'hash1', true],
    ['to nobody else', 'rider2', 'hash1', false],
    ['for no other payload', 'rider1', 'hash2', false],
  ])('%s', (_, by, hash, isSent) => {
    const check = (): void => requireSameWrite({ principal: 'rider1', payloadHash: 'hash1' }, by, hash)
    if (isSent) expect(check).not.toThrow()
    else expect(check).toThrow(expect.objectContaining({ code: 'idempotency-mismatch' }))
  })

  it('to the sender of its key where its principal was not stored', () => {
    const stored = { principal: null, payloadHash: 'hash1' }
    expect(() => requireSameWrite(stored, 'sender1', 'hash1')).not.toThrow()
    expect(() => requireSameWrite(stored, 'sender1', 'hash2')).toThrow('another request')
  })
})
