import { expect, it } from 'vitest'
import { checkAdmins, checkPublicUrl } from './check-people.ts'

it('no admin is a weakness with the command that makes one; a database from before accounts is none', () => {
  expect(checkAdmins([])).toMatchObject([{ state: 'weak', fix: 'npx kickstand accounts create-admin EMAIL' }])
  expect(checkAdmins(null)).toEqual([])
})

it('each admin without a second factor is a weakness', () => {
  const strong = { email: 'a@example.org', hasSecondFactor: true }
  const weak = { email: 'b@example.org', hasSecondFactor: false }
  expect(checkAdmins([strong])).toMatchObject([{ state: 'ok' }])
  expect(checkAdmins([strong, weak])).toMatchObject([
    { state: 'weak', detail: expect.stringContaining('b@example.org') as string },
  ])
})

it('a missing public address is a weakness in production only', () => {
  expect(checkPublicUrl({ env: 'production', publicUrl: '' })).toMatchObject([{ state: 'weak' }])
  expect(checkPublicUrl({ env: 'production', publicUrl: 'https://parking.example' })).toEqual([])
  expect(checkPublicUrl({ env: 'development', publicUrl: '' })).toEqual([])
})
