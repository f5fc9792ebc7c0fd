import type { Service } from '#service.ts'

/** A kind of item in the moderation queue. Ids are passed without the kind. */
export type ReviewKind = {
  /** The part before the colon of its ids. */
  readonly name: string
  list(service: Service, limit: number): Promise<readonly ReviewItem[]>
  show(service: Service, id: string): Promise<Shown>
  /** Both return a one-line message on what was done. */
  accept(service: Service, id: string, decision: Decision): Promise<string>
  reject(service: Service, id: string, decision: Decision): Promise<string>
}

/** `image`: the bytes of the image of a photo. */
export type Shown = { readonly text: readonly string[]; readonly body: unknown; readonly image?: Uint8Array | null }

/** The moderator and their reason. */
export type Decision = { readonly by: string; readonly reason: string | null }

/** `id` includes the kind, as typed in commands. */
export type ReviewItem = { readonly id: string; readonly line: string }
