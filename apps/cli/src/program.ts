import { Command } from 'commander'
import { COMMANDS } from '#commands.ts'

/**
 * The command line with the command that `args` begin with. Where they begin with none, as `--help` does, with all
 * commands.
 */
export async function createProgram(args: readonly string[] = []): Promise<Command> {
  const program = new Command('kickstand')
    .description('The live map of motorbike parking.')
    .showHelpAfterError('(run with --help for usage)')
    .exitOverride()
    // Options of a subcommand are separate from options of its parent with the same name.
    .enablePositionalOptions()
  const [name = ''] = args
  const loads = Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]] : Object.values(COMMANDS)
  for (const load of loads) (await load())(program)
  return program
}
