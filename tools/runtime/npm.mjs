import { spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import { ROOT, StepError } from './step.mjs'

const SHOWN_LINES = 12
const WINDOWS = process.platform === 'win32'

/**
 * Runs npm with `node` first on PATH, so that npm itself and what it starts use that Node. Silent unless it fails:
 * then a StepError with the gist of its output and `advice`.
 */
export async function npm(step, node, args, advice) {
  const child = spawn('npm', args, {
    cwd: ROOT,
    env: npmEnvironment(node),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: WINDOWS,
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.code === 'ENOENT' ? 'npm is not on PATH' : error.message
      resolve(1)
    })
    child.once('close', resolve)
  })
  if (code === 0) return
  throw new StepError(`kickstand ${step}: npm ${args[0]} failed:\n${gist(output)}\nWhat to do: ${advice}`)
}

/** What a script of ours wrote last; where none ran, what npm complained of first (its usage text follows that). */
function gist(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && line.trim() !== 'npm error')
  const ours = lines.filter((line) => !/^(npm |> )/.test(line))
  const shown = ours.length > 0 ? ours.slice(-SHOWN_LINES) : lines.slice(0, SHOWN_LINES)
  return shown.map((line) => `  ${line}`).join('\n')
}

/**
 * The environment for npm under another Node than the machine's own. Left out is what an outer npm put there for itself
 * (an inner one would take it for its options). Added is what that Node would not find: the machine's certificates and the
 * machine-wide npm settings, which npm looks for beside the Node it runs on.
 */
function npmEnvironment(node) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix)/.test(name),
  )
  return {
    NODE_USE_SYSTEM_CA: '1',
    ...(node === process.execPath ? {} : { npm_config_globalconfig: globalSettings() }),
    ...Object.fromEntries(kept),
    PATH: pathWith(node),
  }
}

function globalSettings() {
  const { stdout } = spawnSync('npm', ['config', 'get', 'globalconfig'], {
    encoding: 'utf8',
    cwd: ROOT,
    shell: WINDOWS,
  })
  return (stdout ?? '').trim()
}

/** PATH with the folder of `node` in front. */
export function pathWith(node) {
  return [path.dirname(node), process.env.PATH].filter(Boolean).join(path.delimiter)
}
