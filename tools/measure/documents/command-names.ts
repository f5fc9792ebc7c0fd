type Command = { name(): string; readonly commands: readonly Command[] }

/** Every command as it is typed, such as `kickstand tokens create`. A command with others below it is named as well. */
export function commandNames(program: Command): string[] {
  const below = ({ commands }: Command, before: string): string[] =>
    commands.flatMap((command) => {
      const name = `${before} ${command.name()}`
      return [name, ...below(command, name)]
    })
  return below(program, program.name())
}
