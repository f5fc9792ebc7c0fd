import type { Service } from '#service.ts'

/** A kind of question that waits for a human: how its list is read, and what yes and no do. Ids are without the kind. */
export type ReviewKind = {
  /** The word before the colon of its ids. */
  readonly name: string
  list(service: Service, limit: number): Promise<readonly ReviewItem[]>
  show(service: Service, id: string): Promise<{ readonly text: string; readonly body: unknown }>
  /** Both answer what was done, in one line. */
  accept(service: Service, id: string): Promise<string>
  reject(service: Service, id: string): Promise<string>
}

/** `id` is whole, as people type it. */
export type ReviewItem = { readonly id: string; readonly line: string }
