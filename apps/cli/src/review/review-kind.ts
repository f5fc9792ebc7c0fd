import type { Service } from '#service.ts'

/** A kind of question that waits for a human: how its list is read, and what yes and no do. Ids are without the kind. */
export type ReviewKind = {
  /** The word before the colon of its ids. */
  readonly name: string
  list(service: Service, limit: number): Promise<readonly ReviewItem[]>
  show(service: Service, id: string): Promise<Shown>
  /** Both answer what was done, in one line. */
  accept(service: Service, id: string, decision: Decision): Promise<string>
  reject(service: Service, id: string, decision: Decision): Promise<string>
}

/** `image`: the bytes of a picture, where the question is about one. */
export type Shown = { readonly text: readonly string[]; readonly body: unknown; readonly image?: Uint8Array | null }

/** Who decides, and why. */
export type Decision = { readonly by: string; readonly reason: string | null }

/** `id` is whole, as people type it. */
export type ReviewItem = { readonly id: string; readonly line: string }
