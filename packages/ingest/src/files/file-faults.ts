import { DomainError } from '@kickstand/domain'

/** The error for a file that is truncated before its first object. */
export function incomplete(file: { readonly name: string }, what: string): DomainError {
  return new DomainError('incomplete-file', `${file.name} ${what}.`)
}

/** The error for a file that cannot be read, with what it seems to be and what to do. */
export function unreadable(file: { readonly name: string }, what: string): DomainError {
  return new DomainError('unreadable-file', `${file.name} ${what}.`)
}
