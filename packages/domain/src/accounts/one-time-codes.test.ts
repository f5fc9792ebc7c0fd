import { expect, it } from 'vitest'
import { readAuthenticatorCode, readRecoveryCode, showRecoveryCode } from './one-time-codes.ts'

it('a recovery code is read in any case, with or without dashes, and with letters for digits', () => {
  expect(showRecoveryCode('0123456789abcdefghjkmnpq')).toBe('012345-6789ab-cdefgh-jkmnpq')
  expect(readRecoveryCode(' O12345-6789AB CDE-FGHJKMNPQ\n')).toBe('0123456789abcdefghjkmnpq')
  expect(readRecoveryCode('iLl1')).toBe('1111')
})

it('a code of an authenticator app has six digits of ASCII', () => {
  expect(readAuthenticatorCode('012 345')).toBe('012345')
  expect(readAuthenticatorCode('12345')).toBeNull()
  expect(readAuthenticatorCode('1234567')).toBeNull()
  expect(readAuthenticatorCode('１２３４５６')).toBeNull()
  expect(readAuthenticatorCode('')).toBeNull()
})
