import { expect, it } from 'vitest'
import { judgeAccount } from './judge-account.ts'

const passkey = { id: 'p', name: 'Phone', createdAt: '2026-01-01T00:00:00Z', usedAt: null }
const NONE = { roles: ['admin' as const], passkeys: [], hasAuthenticator: false, recoveryCodesLeft: 0 }

it.each([
  ['nothing', NONE, 'bad', 'warning'],
  ['one passkey', { ...NONE, passkeys: [passkey] }, 'good', 'warning'],
  ['two passkeys', { ...NONE, passkeys: [passkey, passkey] }, 'good', 'good'],
  ['an app with codes', { ...NONE, hasAuthenticator: true, recoveryCodesLeft: 10 }, 'good', 'good'],
  ['an app without codes', { ...NONE, hasAuthenticator: true }, 'good', 'warning'],
  ['an app without codes and a passkey', { ...NONE, hasAuthenticator: true, passkeys: [passkey] }, 'good', 'good'],
])('with %s', (_what, account, secondFactor, spare) => {
  expect(judgeAccount(account)).toEqual({ isAdmin: true, secondFactor, spare })
})
