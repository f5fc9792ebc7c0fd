import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ROOT, runScript, toolScript } from '../../steps.ts'

type Config = {
  readonly options: Readonly<Record<string, unknown>>
  readonly overrides: readonly { readonly files: readonly string[] }[]
}

/**
 * The files in which the linter finds something, by all rules that need no types. The check runs the others too; they take half a
 * minute. Throws if the linter does not run.
 */
export async function lintFaults(): Promise<Set<string>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lint-'))
  try {
    const config = path.join(folder, 'oxlintrc.json')
    writeFileSync(config, JSON.stringify(withoutTypes(readFileSync(path.join(ROOT, '.oxlintrc.json'), 'utf8'))))
    const { output } = await runScript(toolScript('oxlint'), ['-c', config, '--format', 'json'])
    return filesIn(output)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The same rules without those that need types. Its globs hold from anywhere, since the file is in another folder. */
function withoutTypes(text: string): Config {
  const { options, overrides, ...rest } = JSON.parse(text) as Config
  return {
    ...rest,
    options: { ...options, typeAware: false },
    overrides: overrides.map((one) => ({ ...one, files: one.files.map((glob) => glob.replace(/^(?!\*)/, '**/')) })),
  }
}

function filesIn(output: string): Set<string> {
  const { diagnostics } = JSON.parse(output) as { diagnostics: readonly { readonly filename: string }[] }
  return new Set(diagnostics.map(({ filename }) => filename))
}
