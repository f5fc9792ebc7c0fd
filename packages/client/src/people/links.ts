import {
  paths,
  type LinkAcceptance,
  type LinkPasskeyOptions,
  type OneTimeLinkBody,
  type PasskeyOptionsBody,
  type SignedInBody,
} from '@kickstand/contract'
import type { Call } from '../call.ts'

/** Links for setup, invitations and recovery, which work once. All throw `ApiError`. */
export function linkCalls(call: Call) {
  return {
    readLink: (secret: string, signal?: AbortSignal) =>
      call<OneTimeLinkBody>(paths.linkRead(), { method: 'POST', body: { secret }, signal }),
    getLinkPasskeyOptions: (input: LinkPasskeyOptions) =>
      call<PasskeyOptionsBody>(paths.linkPasskeyOptions(), { method: 'POST', body: input }),
    /** Declines to take over an account of the predecessor: its data is erased. */
    declineLink: (secret: string) => call<void>(paths.linkDecline(), { method: 'POST', body: { secret } }),
    /** Uses the link. The person is signed in afterwards. */
    acceptLink: (input: LinkAcceptance) => call<SignedInBody>(paths.linkAccept(), { method: 'POST', body: input }),
  }
}
