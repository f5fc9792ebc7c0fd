import {
  addressOfLink,
  createMemberInvitation,
  createOrganisation,
  findMember,
  listMembers,
  listOrganisations,
  newId,
  ownOrigin,
  removeMember,
  renameOrganisation,
  showOrganisation,
  systemClock,
  type Database,
} from '@kickstand/backend'
import type { MemberBody, OrganisationBody } from '@kickstand/contract'
import { DomainError, isOrganisationRole, ORGANISATION_ROLES, type OrganisationRole } from '@kickstand/domain'
import type { Command } from 'commander'
import { commandActor } from '#actor.ts'
import { print, printJson } from '#output.ts'
import { withService } from '#service.ts'

type JsonOption = { readonly json?: boolean }

const PAGE = 100

/** `kickstand organisations`: operators of parking, their members and invitations. */
export function organisationsCommand(program: Command): void {
  const organisations = program.command('organisations').description('manage operators of parking and their members')

  organisations
    .command('create')
    .argument('<name>', 'name of the organisation')
    .description('create an organisation without members')
    .option('--json', 'print its id as JSON')
    .action(async (name: string, { json }: JsonOption) => {
      await withService(async ({ database }) => {
        const { id } = await createOrganisation(depsOf(database), { name })
        if (json) return printJson({ id })
        print(id)
        print(`To invite its owner: npx kickstand organisations invite ${id} EMAIL --role owner`)
      })
    })

  organisations
    .command('list')
    .description('list organisations by name')
    .option('--name <text>', 'only those whose name contains this text')
    .option('--json', 'print the list as JSON')
    .action(async ({ name, json }: JsonOption & { readonly name?: string }) => {
      await withService(async ({ database }) => {
        const found = await allOrganisations(database, name ?? '')
        if (json) return printJson({ organisations: found })
        if (found.length === 0)
          print('There are no such organisations. "npx kickstand organisations create NAME" creates one.')
        for (const one of found) print(organisationLine(one))
      })
    })

  organisations
    .command('show')
    .argument('<id>', 'id of the organisation')
    .description('show one organisation')
    .option('--json', 'print it as JSON')
    .action(async (id: string, { json }: JsonOption) => {
      await withService(async ({ database }) => {
        const found = await showOrganisation(database, id)
        if (json) printJson(found)
        else print(organisationLine(found))
      })
    })

  organisations
    .command('rename')
    .argument('<id>', 'id of the organisation')
    .argument('<name>', 'its new name')
    .description('rename an organisation')
    .option('--json', 'print the organisation as JSON')
    .action(async (id: string, name: string, { json }: JsonOption) => {
      await withService(async ({ database }) => {
        const renamed = await renameOrganisation(depsOf(database), id, { name }, null)
        if (json) printJson(renamed)
        else print(organisationLine(renamed))
      })
    })

  registerMemberCommands(organisations)
}

function registerMemberCommands(organisations: Command): void {
  organisations
    .command('members')
    .argument('<id>', 'id of the organisation')
    .description('list the members of an organisation by name')
    .option('--json', 'print the list as JSON')
    .action(async (id: string, { json }: JsonOption) => {
      await withService(async ({ database }) => {
        await showOrganisation(database, id)
        const members = await allMembers(database, id)
        if (json) return printJson({ members })
        if (members.length === 0) print('This organisation has no members.')
        for (const member of members) print(memberLine(member))
      })
    })

  organisations
    .command('invite')
    .argument('<id>', 'id of the organisation')
    .argument('<email>', 'e-mail address of the person')
    .description('invite a person by mail, and print the link with which they join: once, within seven days')
    .requiredOption('--role <role>', ORGANISATION_ROLES.join(', '))
    .option('--json', 'print the link as JSON')
    .action(async (id: string, email: string, { role, json }: JsonOption & { readonly role: string }) => {
      const input = { email, role: readRole(role) }
      await withService(async ({ config, database }) => {
        const organisation = await showOrganisation(database, id)
        const origin = ownOrigin(config)
        const { secret } = await createMemberInvitation({ ...depsOf(database), origin }, organisation, input)
        const link = addressOfLink(origin, 'invitation', secret)
        if (json) return printJson({ link })
        print(link)
        print('Send this link to the person. It is shown only here and works once, for seven days.')
      })
    })

  organisations
    .command('remove-member')
    .argument('<id>', 'id of the organisation')
    .argument('<member>', 'e-mail address or account id of the member')
    .description('remove a member from an organisation; their account stays')
    .option('--reason <text>', 'why, for the audit log')
    .option('--json', 'print the result as JSON')
    .action(async (id: string, text: string, { reason, json }: JsonOption & { readonly reason?: string }) => {
      await withService(async ({ database }) => {
        const member = await findMember(database, id, text)
        await removeMember(depsOf(database), member, reason === undefined ? {} : { reason })
        if (json) printJson({ removed: member.accountId })
        else print(`${text} is no member any more.`)
      })
    })
}

/** Commands may do everything: there is no principal. */
function depsOf({ db, engine }: Database) {
  return { db, engine, clock: systemClock, newId, actor: commandActor(), principal: null }
}

function readRole(text: string): OrganisationRole {
  if (isOrganisationRole(text)) return text
  throw new DomainError(
    'invalid-request',
    `--role ${text} is not a role. Expected one of ${ORGANISATION_ROLES.join(', ')}.`,
  )
}

async function allOrganisations(database: Database, q: string): Promise<OrganisationBody[]> {
  const found: OrganisationBody[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listOrganisations(database, 'all', {
      q,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    })
    found.push(...page.organisations)
    cursor = page.nextCursor
  }
  return found
}

async function allMembers(database: Database, id: string): Promise<MemberBody[]> {
  const found: MemberBody[] = []
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await listMembers(database, id, { limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.members)
    cursor = page.nextCursor
  }
  return found
}

function organisationLine({ id, name, members, createdAt }: OrganisationBody): string {
  return `${id}  ${members} ${members === 1 ? 'member' : 'members'}  created ${createdAt.slice(0, 10)}  ${name}`
}

function memberLine({ accountId, name, email, role, hasSecondFactor, since }: MemberBody): string {
  const factor = hasSecondFactor ? '' : '  no second factor'
  return `${accountId}  ${role.padEnd(9)}  since ${since.slice(0, 10)}  ${name} <${email}>${factor}`
}
