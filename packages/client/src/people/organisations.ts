import {
  paths,
  type InvitationListBody,
  type MemberInvitationInput,
  type MemberListBody,
  type MemberRole,
  type MembersQuery,
  type NewInvitationBody,
  type NewLinkBody,
  type OrganisationBody,
  type OrganisationInput,
  type OrganisationListBody,
  type OrganisationsQuery,
} from '@kickstand/contract'
import type { Call } from '../call.ts'
import { ifMatch } from './if-match.ts'

/** Organisations, their members and invitations. All throw `ApiError`. */
export function organisationCalls(call: Call) {
  return {
    /** Those that the person may see. */
    getOrganisations: (query: OrganisationsQuery, signal?: AbortSignal) =>
      call<OrganisationListBody>(paths.organisations(), { query, signal }),
    getOrganisation: (id: string, signal?: AbortSignal) => call<OrganisationBody>(paths.organisation(id), { signal }),
    createOrganisation: (input: OrganisationInput) =>
      call<OrganisationBody>(paths.organisations(), { method: 'POST', body: input }),
    changeOrganisation: (id: string, input: OrganisationInput, version: number) =>
      call<OrganisationBody>(paths.organisation(id), { method: 'PATCH', body: input, headers: ifMatch(version) }),
    /** One page of the members; the next one starts at its `nextCursor`. */
    getMembers: (id: string, query: MembersQuery, signal?: AbortSignal) =>
      call<MemberListBody>(paths.members(id), { query, signal }),
    setMemberRole: (id: string, accountId: string, role: MemberRole) =>
      call<void>(paths.member(id, accountId), { method: 'PUT', body: role }),
    removeMember: (id: string, accountId: string, reason: string) =>
      call<void>(paths.member(id, accountId), { method: 'DELETE', body: { reason } }),
    createMemberRecoveryLink: (id: string, accountId: string, reason: string) =>
      call<NewLinkBody>(paths.memberRecovery(id, accountId), { method: 'POST', body: { reason } }),
    getMemberInvitations: (id: string, signal?: AbortSignal) =>
      call<InvitationListBody>(paths.memberInvitations(id), { signal }),
    inviteMember: (id: string, input: MemberInvitationInput) =>
      call<NewInvitationBody>(paths.memberInvitations(id), { method: 'POST', body: input }),
    revokeMemberInvitation: (id: string, invitationId: string) =>
      call<void>(paths.memberInvitation(id, invitationId), { method: 'DELETE' }),
  }
}
