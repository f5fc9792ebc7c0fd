import {
  paths,
  type PasskeyAnswer,
  type PasskeyOptionsBody,
  type PasswordSignIn,
  type SignedInBody,
  type StepUp,
} from '@kickstand/contract'
import type { Call } from '../call.ts'

/** Sign-in, sign-out and proofs of identity. The session is a cookie that scripts cannot read. All throw `ApiError`. */
export function signInCalls(call: Call) {
  return {
    /** The error `second-factor-required` means: send it again with a code. */
    signInWithPassword: (input: PasswordSignIn) =>
      call<SignedInBody>(paths.signInPassword(), { method: 'POST', body: input }),
    getSignInOptions: (signal?: AbortSignal) =>
      call<PasskeyOptionsBody>(paths.signInPasskeyOptions(), { method: 'POST', signal }),
    signInWithPasskey: (answer: PasskeyAnswer) =>
      call<SignedInBody>(paths.signInPasskey(), { method: 'POST', body: answer }),
    /** Where the browser goes to sign in at the identity provider of an organisation. It is a page, not a call. */
    organisationSignInAddress: (organisationId: string) => paths.signInProvider(organisationId),
    signOut: () => call<void>(paths.signOut(), { method: 'POST' }),
    getStepUpOptions: () => call<PasskeyOptionsBody>(paths.stepUpOptions(), { method: 'POST' }),
    /** Proves on this session who the person is, so that changes which need that are possible for some minutes. */
    stepUp: (proof: StepUp) => call<void>(paths.stepUp(), { method: 'POST', body: proof }),
  }
}
