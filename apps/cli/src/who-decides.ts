import { userInfo } from 'node:os'

/** Who is at the keyboard, for the record of a decision. */
export function whoDecides(): string {
  return `${userInfo().username} at the command line`.slice(0, 100)
}
