import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { serviceEnvironment } from '@kickstand/testkit'
import { startIdentityProvider, type IdentityProvider } from '@kickstand/testkit/identity-provider'
import type { Page } from '@playwright/test'
import type { Service } from '../fixtures.ts'
import { enter, originOf } from '../console-people.ts'

const CLI = path.resolve(import.meta.dirname, '../../apps/cli/bin/kickstand.mjs')

/** Starts an identity provider and sets it for an organisation with the command line, as an operator of the service does. */
export async function provideSignOn(service: Service, organisationId: string): Promise<IdentityProvider> {
  const provider = await startIdentityProvider(`${originOf(service)}/v1/sign-in/callback`)
  const secret = path.join(service.folder, 'client-secret.txt')
  await writeFile(secret, provider.clientSecret)
  const args = ['--issuer', provider.issuer, '--client-id', provider.clientId, '--client-secret-file', secret]
  await promisify(execFile)(
    process.execPath,
    [CLI, 'sign-on', 'set', organisationId, ...args, '--counts-as-second-factor'],
    { env: serviceEnvironment({ KICKSTAND_DATABASE_URL: `sqlite:${path.join(service.folder, 'kickstand.db')}` }) },
  )
  return provider
}

/** The forms of the provider: any login name, which is the identity, with any password; then consent. */
export async function fillInAtProvider(page: Page, login: string): Promise<void> {
  await enter(page.getByPlaceholder('Enter any login'), login)
  await enter(page.getByPlaceholder('and password'), 'any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}
