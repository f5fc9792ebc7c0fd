import { expect, it } from 'vitest'
import { neededFor } from './needed-for.ts'

function anAccount(passkeys: number, has: string) {
  return {
    passkeys: Array.from({ length: passkeys }),
    hasPassword: has.includes('password'),
    hasAuthenticator: has.includes('app'),
    needsSecondFactor: has.includes('role'),
  }
}

it.each([
  ['passkey', 2, 'role', null],
  ['passkey', 1, 'role', 'sign-in'],
  ['passkey', 1, 'role password', 'second-factor'],
  ['passkey', 1, 'role password app', null],
  ['passkey', 1, 'password', null],
  ['authenticator', 0, 'role password app', 'second-factor'],
  ['authenticator', 0, 'password app', null],
  ['authenticator', 1, 'role password app', null],
  ['password', 0, 'password app', 'sign-in'],
  ['password', 1, 'role password', null],
] as const)('a %s of an account with %i passkeys and %s is needed for: %s', (credential, passkeys, has, need) => {
  expect(neededFor(anAccount(passkeys, has), credential)).toBe(need)
})
