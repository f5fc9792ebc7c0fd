import { CommanderError } from 'commander'
import { fail } from '#output.ts'
import { createProgram } from '#program.ts'

/** Runs a command. Prints errors, and sets the exit code of this process. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    const program = await createProgram(args)
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else fail(error)
  }
}
