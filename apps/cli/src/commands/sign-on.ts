import { readFileSync } from 'node:fs'
import { removeProvider, setProvider, showProvider, systemClock } from '@kickstand/backend'
import { DomainError } from '@kickstand/domain'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { print, printJson } from '#output.ts'
import { withService, type Service } from '#service.ts'

type SetOptions = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecretFile: string
  readonly countsAsSecondFactor?: boolean
  readonly json?: boolean
}

const depsOf = ({ database: { db, engine } }: Service) => ({ db, engine, clock: systemClock, actor: commandActor() })

/** `kickstand sign-on set|show|remove`: the identity provider of an organisation. */
export function signOnCommand(program: Command): void {
  const signOn = program
    .command('sign-on')
    .description('the identity provider (OpenID Connect) with which the people of an organisation sign in')

  signOn
    .command('set')
    .argument('<organisation>', 'id of the organisation')
    .description('set the identity provider; register the address that this prints there as redirect URI')
    .requiredOption('--issuer <url>', 'issuer of the provider, such as https://login.example')
    .requiredOption('--client-id <id>', 'client id that the provider has given to Kickstand')
    .requiredOption('--client-secret-file <file>', 'file with the client secret, so that it is in no list of processes')
    .option(
      '--counts-as-second-factor',
      'the provider asks for a second factor itself; platform roles still need their own',
    )
    .option('--json', 'print the result as JSON')
    .action(async (organisationId: string, options: SetOptions) => {
      const clientSecret = readSecret(options.clientSecretFile)
      await withService(async (service) => {
        const input = { ...options, organisationId, clientSecret }
        await setProvider(depsOf(service), { ...input, countsAsSecondFactor: options.countsAsSecondFactor === true })
        const shown = await showProvider(service.database.db, service.config, organisationId)
        if (options.json) return printJson(shown)
        print(`The identity provider of ${organisationId} is ${shown.issuer}.`)
        print(`Redirect URI to register there: ${shown.redirectUri}`)
      })
    })

  signOn
    .command('show')
    .argument('<organisation>', 'id of the organisation')
    .description('show the identity provider of an organisation, without its secret')
    .option('--json', 'print it as JSON')
    .action(async (organisationId: string, { json }: { json?: boolean }) => {
      await withService(async ({ database: { db }, config }) => {
        const shown = await showProvider(db, config, organisationId)
        if (json) return printJson(shown)
        print(`issuer        ${shown.issuer}`)
        print(`client id     ${shown.clientId}`)
        print(`redirect URI  ${shown.redirectUri}`)
        print(`second factor ${shown.countsAsSecondFactor ? 'counts as one' : 'does not count as one'}`)
      })
    })

  signOn
    .command('remove')
    .argument('<organisation>', 'id of the organisation')
    .description('remove the identity provider of an organisation and disconnect all accounts from it')
    .option('--json', 'print the result as JSON')
    .action(async (organisationId: string, { json }: { json?: boolean }) => {
      await withService(async (service) => {
        await removeProvider(depsOf(service), organisationId)
        if (json) printJson({ removed: organisationId })
        else print(`The identity provider of ${organisationId} is removed.`)
      })
    })
}

function readSecret(file: string): string {
  try {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret !== '') return secret
  } catch (error) {
    throw new DomainError('invalid-request', `${file} cannot be read. Name a file with the client secret.`, [], error)
  }
  throw new DomainError('invalid-request', `${file} is empty. It must contain the client secret.`)
}
